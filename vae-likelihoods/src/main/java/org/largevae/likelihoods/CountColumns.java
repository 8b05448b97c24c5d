package org.largevae.likelihoods;

/** What the counts of a table are under {@link Columns}. */
public enum CountColumns {
  /** {@link NegativeBinomial}. */
  NEGATIVE_BINOMIAL,
  /** {@link Poisson}. */
  POISSON,
  /** {@link ZeroInflatedNegativeBinomial}. */
  ZERO_INFLATED_NEGATIVE_BINOMIAL
}
