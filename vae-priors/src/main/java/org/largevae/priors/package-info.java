/**
 * Priors p(z) over latents: {@code standard}, the trained Gaussians {@code gaussian}, {@code
 * full-covariance-gaussian} and {@code gaussian-mixture}, and {@code vampprior}. Each is a class
 * with a constructor for Java, a record of its settings where it has any, and a provider by which
 * configurations name it. Distributions that other components share live in vae-api.
 */
package org.largevae.priors;
