package org.largevae.networks.posterior;

import java.util.random.RandomGenerator;
import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.Trigamma;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;

/**
 * {@code s(t) = log(1 + t)}, and {@code y = (1 - t)/2} is {@code Beta(b, b + kappa)} with {@code b
 * = (m - 1)/2} (De Cao and Aziz 2020, arXiv:2006.04437), so that {@code L = kappa log 2 + log B(b,
 * b + kappa) - log B(b, b)}.
 */
final class PowerSphericalLaw implements AngularLaw {
  private static final double LOG_2 = Math.log(2);

  /** {@code 1 + t} is never less than twice this, which is below the rounding of x in float32. */
  private static final double LEAST = 1e-15;

  private final int coordinates;
  private final double concentration;
  private final double half;
  private final double meanLog;

  PowerSphericalLaw(int coordinates, double concentration) {
    this.coordinates = coordinates;
    this.concentration = concentration;
    this.half = (coordinates - 1) / 2.0;
    // E[log(1 - y)]
    this.meanLog = Digamma.value(half + concentration) - Digamma.value(2 * half + concentration);
  }

  @Override
  public double concentration() {
    return concentration;
  }

  @Override
  public double logMoment() {
    return concentration * LOG_2
        + LogBeta.value(half, half + concentration)
        - LogBeta.value(half, half);
  }

  @Override
  public double meanStatistic() {
    return LOG_2 + meanLog;
  }

  @Override
  public double statisticVariance() {
    return Trigamma.value(half + concentration) - Trigamma.value(2 * half + concentration);
  }

  @Override
  public double meanCosine() {
    return concentration / (concentration + 2 * half);
  }

  @Override
  public double meanCosineSlope() {
    double sum = concentration + 2 * half;
    return 2 * half / (sum * sum);
  }

  @Override
  public double statisticExcess(double y) {
    return Math.log(Math.max(1 - y, LEAST)) - meanLog;
  }

  @Override
  public double logDensity(double y) {
    double sines = (coordinates - 2) / 2.0;
    double above = (concentration + sines) * Math.log(Math.max(1 - y, LEAST));
    return coordinates == 2 ? above : above + sines * Math.log(y);
  }

  @Override
  public double mode() {
    double sines = (coordinates - 2) / 2.0;
    return sines / (concentration + 2 * sines);
  }

  @Override
  public double draw(RandomGenerator random) {
    // the sampler would refuse what is not a number
    return Double.isFinite(concentration)
        ? ChengBetaSampler.of(random::nextLong, half, half + concentration).sample()
        : Double.NaN;
  }
}
