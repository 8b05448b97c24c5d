package org.largevae.likelihoods;

/** What the real columns of a table are under {@link Columns}. */
public enum RealColumns {
  /** {@link Gaussian}. */
  GAUSSIAN,
  /** {@link StudentT}. */
  STUDENT_T,
  /** {@link Laplace}. */
  LAPLACE
}
