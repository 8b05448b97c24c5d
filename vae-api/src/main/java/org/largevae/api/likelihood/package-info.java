/**
 * Likelihoods p(x|z): how likely data are under what the decoder gives. A new one is one {@link
 * org.largevae.api.likelihood.Likelihood}, one {@link
 * org.largevae.api.likelihood.LikelihoodProvider} and one line in {@code META-INF/services}.
 */
package org.largevae.api.likelihood;
