/**
 * Encoders and decoders: {@code gated-mlp}, a multilayer perceptron of gated dense layers. A new
 * one is an {@link org.largevae.api.network.Encoder} or {@link org.largevae.api.network.Decoder},
 * its provider and one line in {@code META-INF/services}. What a decoder's outputs mean is the
 * likelihood's business; the posterior families live in vae-api.
 */
package org.largevae.networks;
