/**
 * Priors p(z) over latents. Each is a class with a constructor for Java, a record of its settings
 * where it has any, and a provider by which configurations name it. Here are {@code standard}, the
 * trained Gaussians {@code gaussian}, {@code full-covariance-gaussian} and {@code
 * gaussian-mixture}, those that are made of points in data space, {@code vampprior}, {@code
 * aggregated-posterior} and {@code exemplar}, {@code uniform-sphere} and {@code latent-diffusion};
 * flows and the priors that reweight another live in packages of their own. Distributions that
 * other components share live in vae-api.
 */
package org.largevae.priors;
