package org.largevae.priors.diffusion;

import java.util.stream.IntStream;

/**
 * The levels of noise of a diffusion, from the least to the most: {@code gamma = log(sigma^2 /
 * alpha^2)} and {@code alpha^2 + sigma^2 = 1} (Kingma et al. 2021, arXiv:2107.00630, section 3.1).
 * Step t leads from level t to level t - 1, step 0 to z itself.
 *
 * @param gamma of T levels, growing
 */
record DiffusionSchedule(double... gamma) {

  /** Levels at equal distances. */
  static DiffusionSchedule linear(double lowest, double highest, int steps) {
    double step = (highest - lowest) / (steps - 1);
    return new DiffusionSchedule(
        IntStream.range(0, steps).mapToDouble(t -> lowest + t * step).toArray());
  }

  int steps() {
    return gamma.length;
  }

  double lowest() {
    return gamma[0];
  }

  double highest() {
    return gamma[gamma.length - 1];
  }

  /** How much of z a level has. */
  static double alpha(double gamma) {
    return Math.sqrt(1 / (1 + Math.exp(gamma)));
  }

  /** How much noise a level has. */
  static double sigma(double gamma) {
    return alpha(-gamma);
  }

  /** How much of z the level has that step t leads to. */
  double alphaBelow(int t) {
    return t == 0 ? 1 : alpha(gamma[t - 1]);
  }

  /** The variance of step t: that of level t given the level below. */
  double variance(int t) {
    double ratio = alpha(gamma[t]) / alphaBelow(t);
    return 1 - ratio * ratio;
  }

  /**
   * What an error of v by 1 costs in step t, in nats: {@code alpha_{t-1}^2 (1 - exp(gamma_{t-1} -
   * gamma_t)) / 2}, the divergence of two Gaussians of the step's variance.
   */
  double weight(int t) {
    double left = t == 0 ? 1 : -Math.expm1(gamma[t - 1] - gamma[t]);
    return alphaBelow(t) * alphaBelow(t) * left / 2;
  }
}
