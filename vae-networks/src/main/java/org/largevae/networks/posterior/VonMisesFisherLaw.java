package org.largevae.networks.posterior;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;

/**
 * {@code s(t) = t}, {@code L = log( Gamma(v + 1) (kappa/2)^-v I_v(kappa) )} with {@code v = m/2 -
 * 1}, {@code E[t] = A = I_{m/2}(kappa) / I_v(kappa)} and {@code A' = 1 - A^2 - (m - 1) A / kappa}
 * (Mardia and Jupp 2000, section 9.3).
 */
final class VonMisesFisherLaw implements AngularLaw {
  private final int coordinates;
  private final double concentration;
  private final double meanCosine;
  private final double slope;

  VonMisesFisherLaw(int coordinates, double concentration) {
    this.coordinates = coordinates;
    this.concentration = concentration;
    double ratio = BesselFunctions.ratioOverArgument(coordinates / 2.0 - 1, concentration);
    this.meanCosine = concentration * ratio;
    this.slope = 1 - meanCosine * meanCosine - (coordinates - 1) * ratio;
  }

  @Override
  public double concentration() {
    return concentration;
  }

  @Override
  public double logMoment() {
    return BesselFunctions.logSeries(coordinates / 2.0 - 1, concentration);
  }

  @Override
  public double meanStatistic() {
    return meanCosine;
  }

  @Override
  public double statisticVariance() {
    return slope;
  }

  @Override
  public double meanCosine() {
    return meanCosine;
  }

  @Override
  public double meanCosineSlope() {
    return slope;
  }

  @Override
  public double statisticExcess(double y) {
    return 1 - meanCosine - 2 * y;
  }

  @Override
  public double logDensity(double y) {
    double sines = coordinates == 2 ? 0 : (coordinates - 2) / 2.0 * Math.log(y * (1 - y));
    return sines - 2 * concentration * y;
  }

  @Override
  public double mode() {
    double sines = coordinates - 2;
    double cosine =
        2 * concentration / (sines + Math.sqrt(sines * sines + 4 * concentration * concentration));
    // 1 - cos from the same root, since cos^2 = 1 - sines cos / kappa
    return sines * cosine / (2 * concentration * (1 + cosine));
  }

  @Override
  public double draw(RandomGenerator random) {
    // the cosine is uniformly distributed on S^2, which makes its law invertible
    return coordinates == 3
        ? -Math.log1p(random.nextDouble() * Math.expm1(-2 * concentration)) / (2 * concentration)
        : byRejection(random);
  }

  /** Wood 1994, in {@code 1 - t} and {@code 1 - x_0} for t and x_0. */
  private double byRejection(RandomGenerator random) {
    double m = coordinates - 1;
    double b = m / (2 * concentration + Math.sqrt(4 * concentration * concentration + m * m));
    double reference = 2 * b / (1 + b);
    ContinuousSampler beta = ChengBetaSampler.of(random::nextLong, m / 2, m / 2);
    while (true) {
      double e = beta.sample();
      double drawn = 2 * b * e / (1 - (1 - b) * e);
      double ratio = (reference + drawn - reference * drawn) / (reference * (2 - reference));
      double log = concentration * (reference - drawn) + m * Math.log(ratio);
      // what is not a number is passed on, not drawn again for ever
      if (!(log < Math.log(random.nextDouble()))) {
        return Math.min(drawn / 2, 1);
      }
    }
  }
}
