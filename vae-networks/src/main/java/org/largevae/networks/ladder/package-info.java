/**
 * Ladder variational autoencoders: many levels of latents that share one network up and one down.
 * Networks of single levels live in {@link org.largevae.networks}.
 */
package org.largevae.networks.ladder;
