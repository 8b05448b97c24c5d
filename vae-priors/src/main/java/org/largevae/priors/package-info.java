/**
 * Priors p(z) over latents: {@code standard}, {@code vampprior} and {@code latent-diffusion}. Each
 * is a class with a constructor for Java, a record of its settings where it has any, and a provider
 * by which configurations name it. Distributions that other components share live in vae-api.
 */
package org.largevae.priors;
