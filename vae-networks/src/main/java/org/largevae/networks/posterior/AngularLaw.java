package org.largevae.networks.posterior;

import java.util.random.RandomGenerator;

/**
 * The law of the angle theta between a draw x and the mean direction mu of {@code p(x) = exp(kappa
 * s(mu'x) - L(kappa)) / |S^(m-1)|}, a rotationally symmetric density on the unit sphere in R^m, at
 * one concentration kappa. The angle's density is proportional to {@code exp(kappa s(cos theta))
 * sin^(m-2) theta}.
 *
 * <p>Functions of the angle take {@code y = sin^2(theta/2) = (1 - cos theta) / 2} instead, which
 * keeps its precision where the cosine rounds to 1. All numbers are computed on the host, in
 * double.
 */
interface AngularLaw {

  /** kappa. */
  double concentration();

  /** L, the log of what uniform draws have as their mean of {@code exp(kappa s)}; 0 at kappa 0. */
  double logMoment();

  /** {@code L' = E[s]}. */
  double meanStatistic();

  /** {@code L'' = Var[s]}. */
  double statisticVariance();

  /** {@code E[mu'x]}. */
  double meanCosine();

  /** The derivative of {@link #meanCosine} by kappa. */
  double meanCosineSlope();

  /** {@code s - E[s]}, without cancellation near the mean direction. */
  double statisticExcess(double y);

  /** The log of the angle's density up to a constant. */
  double logDensity(double y);

  /** Where the angle's density is highest. */
  double mode();

  /** Draws y. */
  double draw(RandomGenerator random);

  /** {@code KL(p || uniform) = kappa L' - L}. */
  default double divergence() {
    return concentration() * meanStatistic() - logMoment();
  }
}
