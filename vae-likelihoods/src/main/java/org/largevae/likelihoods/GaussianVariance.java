package org.largevae.likelihoods;

/** Where the variance of a {@link Gaussian} comes from. */
public enum GaussianVariance {
  /** The decoder gives one for each value of each example. */
  DECODER,
  /** One for each value, a column or a pixel, the same for all examples, is trained. */
  COLUMN,
  /** A single one, for all values of all examples, is trained. */
  SHARED
}
