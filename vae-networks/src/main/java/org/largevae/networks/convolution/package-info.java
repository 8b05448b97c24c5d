/**
 * Convolutional encoders and decoders of pictures: {@code gated-convolution}, the networks of the
 * VampPrior paper, and {@code residual-convolution}, plain residual networks. Start at {@link
 * org.largevae.networks.convolution.GatedConvolutionEncoder}.
 */
package org.largevae.networks.convolution;
