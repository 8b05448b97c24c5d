/**
 * Models composed of components: a prior, an encoder, a decoder and a likelihood make a variational
 * autoencoder. The components themselves come from providers; training and evaluation only see
 * {@link org.largevae.core.model.VariationalAutoencoder}.
 */
@Internal
package org.largevae.core.model;

import org.largevae.api.Internal;
