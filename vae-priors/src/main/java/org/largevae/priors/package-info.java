/**
 * Priors p(z) over latents: {@code standard} and {@code vampprior}. A new prior is one {@link
 * org.largevae.api.prior.Prior}, one {@link org.largevae.api.prior.PriorProvider} and one line in
 * {@code META-INF/services}. Distributions that other components share live in vae-api.
 */
package org.largevae.priors;
