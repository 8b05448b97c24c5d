/**
 * Priors p(z). A new prior is one {@link org.largevae.api.prior.Prior}, one {@link
 * org.largevae.api.prior.PriorProvider} of about five lines and one line in {@code
 * META-INF/services/org.largevae.api.prior.PriorProvider}.
 */
package org.largevae.api.prior;
