package org.largevae.core.evaluation;

/** The distribution of one value. */
interface Marginal {

  /**
   * The sum over some values of the log of their probability or density.
   *
   * @param values at least one
   * @return in nats
   */
  double logDensity(double[] values);
}
