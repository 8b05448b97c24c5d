/**
 * Everything random is a distribution: a posterior q(z|x), a prior p(z), the distribution p(x|z) of
 * examples. Start at {@link org.largevae.api.distribution.Distribution}; what knows its density is
 * a {@link org.largevae.api.distribution.Density}, what is independent value by value {@link
 * org.largevae.api.distribution.Factorised}. Families that several components need live here;
 * others beside their component.
 */
package org.largevae.api.distribution;
