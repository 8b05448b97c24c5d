/**
 * Likelihoods p(x|z): {@code bernoulli} for binary data, {@code discretized-logistic} for 8-bit
 * images, {@code gaussian} for real values.
 *
 * <p>Each has a provider, which {@link java.util.ServiceLoader} finds and which documents the
 * formula and the configuration, and a class that may be made directly, without configuration. How
 * the decoder computes the parameters is not decided here.
 */
package org.largevae.likelihoods;
