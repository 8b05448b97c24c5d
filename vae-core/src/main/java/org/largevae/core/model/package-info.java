/**
 * Models composed of components: a prior, an encoder, a decoder and a likelihood make a variational
 * autoencoder, {@link org.largevae.core.model.OneLevelVae}, and {@link
 * org.largevae.core.model.ParameterizedModel} is a model with values for its parameters. The
 * components themselves come from other modules and are not known by class.
 */
@Internal
package org.largevae.core.model;

import org.largevae.api.Internal;
