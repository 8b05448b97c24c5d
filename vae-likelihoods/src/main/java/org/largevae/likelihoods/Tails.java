package org.largevae.likelihoods;

/** What a discretised logistic does with its mass below 0 and above 1. */
public enum Tails {
  /**
   * The lowest bin has everything below it and the highest everything above, so that the 256
   * probabilities sum to 1 (Salimans et al. 2017, arXiv:1701.05517, section 2.1).
   */
  FOLDED,
  /**
   * It is lost, and {@code log(p + 1e-7)} taken in place of {@code log p}, as in the code published
   * with Tomczak and Welling 2018 (arXiv:1705.07120): for comparison with that paper. The
   * probabilities do not sum to 1.
   */
  PAPER
}
