/**
 * Models composed of components: a prior, an encoder, a decoder and a likelihood make a variational
 * autoencoder. The components themselves come from providers; training and evaluation only see
 * {@link org.largevae.runner.model.VariationalAutoencoder}.
 */
@Internal
package org.largevae.runner.model;

import org.largevae.api.Internal;
