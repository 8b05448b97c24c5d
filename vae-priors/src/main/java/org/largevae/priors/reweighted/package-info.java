/**
 * The standard Gaussian reweighted by a small learnt network: {@code lars} accepts or rejects its
 * draws, {@code snis} picks one of several, {@code density-ratio} multiplies its density by the
 * odds of a classifier, which the objective {@code noise-contrastive} trains. All start at the
 * standard Gaussian itself. Their normalisers are integrals without a closed form, so that their
 * log-densities are estimates or bounds, and say so.
 */
package org.largevae.priors.reweighted;
