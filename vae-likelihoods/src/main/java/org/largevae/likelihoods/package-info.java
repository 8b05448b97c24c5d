/**
 * Likelihoods p(x|z): {@code bernoulli} for binary data, {@code discretized-logistic} for 8-bit
 * images, {@code gaussian} for real values.
 *
 * <p>Each is a class that documents the formula and may be made directly, a record of its settings
 * where it has any, and a provider by which configurations name it. How a decoder computes the
 * parameters is not decided here.
 */
package org.largevae.likelihoods;
