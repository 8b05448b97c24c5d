/**
 * Encoders and decoders: {@code gated-mlp}, a multilayer perceptron of gated dense layers. Each is
 * a class with a constructor for Java, a record of its settings, and a provider by which
 * configurations name it. What a decoder's outputs mean is the likelihood's business; the posterior
 * families live in vae-api.
 */
package org.largevae.networks;
