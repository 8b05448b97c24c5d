/**
 * Priors that are normalising flows: {@code realnvp}, {@code neural-spline-flow} and {@code
 * masked-autoregressive-flow}. Invertible steps turn a latent z into {@code e = f(z)}, which is
 * standard Gaussian: {@code log p(z) = log N(f(z) | 0, I) + log |det df/dz|}. Start at {@link
 * org.largevae.priors.flow.RealNvp}; a step is a map of single latents whose parameters a network
 * computes from other latents.
 */
package org.largevae.priors.flow;
