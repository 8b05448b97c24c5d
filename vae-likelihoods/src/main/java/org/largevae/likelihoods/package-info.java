/**
 * Likelihoods p(x|z): {@code bernoulli} for binary data; {@code discretized-logistic}, {@code
 * logistic-mixture}, {@code categorical} and {@code continuous-bernoulli} for 8-bit images; {@code
 * gaussian}, {@code laplace} and {@code student-t} for real values; {@code log-normal} for positive
 * ones; {@code poisson}, {@code negative-binomial}, {@code zero-inflated-negative-binomial} and
 * {@code multinomial} for counts; {@code categorical} and {@code ordinal} for what can be listed;
 * {@code columns} for tables of several kinds.
 *
 * <p>Each is a class that documents the formula and may be made directly, a record of its settings
 * where it has any, and a provider by which configurations name it. How a decoder computes the
 * parameters is not decided here.
 */
package org.largevae.likelihoods;
