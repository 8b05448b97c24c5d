/**
 * The prior {@code latent-diffusion}: noise is taken from a latent step by step, by a network that
 * predicts it. Start at {@link org.largevae.priors.diffusion.LatentDiffusion}; its density is a
 * bound of the discrete model or that of a flow.
 */
package org.largevae.priors.diffusion;
