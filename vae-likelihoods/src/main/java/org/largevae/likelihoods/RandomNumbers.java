package org.largevae.likelihoods;

import java.util.random.RandomGenerator;

/** Draws on the host from distributions that the engine cannot draw from. NaN gives NaN. */
final class RandomNumbers {
  private static final double HALF_LOG_2PI = Math.log(2 * Math.PI) / 2;

  /** From this mean on a Poisson number is drawn by rejection, whose hat needs it. */
  private static final double MANY = 10;

  private RandomNumbers() {}

  /**
   * A gamma number of scale 1 (Marsaglia and Tsang 2000, ACM TOMS 26(3)).
   *
   * @param random the generator
   * @param shape above 0
   * @return the draw; 0 where it is too small for a double
   */
  static double gamma(RandomGenerator random, double shape) {
    if (!(shape > 0 && shape < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    if (shape < 1) {
      double factor = Math.pow(1 - random.nextDouble(), 1 / shape);
      return factor * gamma(random, shape + 1);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double root = 1 + c * normal;
      double cube = root * root * root;
      double uniform = 1 - random.nextDouble();
      if (root > 0 && Math.log(uniform) < normal * normal / 2 + d * (1 - cube + Math.log(cube))) {
        return d * cube;
      }
    }
  }

  /**
   * A Poisson number.
   *
   * @param random the generator
   * @param mean at least 0
   * @return a whole number
   */
  static double poisson(RandomGenerator random, double mean) {
    if (!(mean >= 0 && mean < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    return mean < MANY ? fewPoisson(random, mean) : manyPoisson(random, mean);
  }

  /** Counts events whose waiting times are exponential (Knuth 1969, section 3.4.1). */
  private static double fewPoisson(RandomGenerator random, double mean) {
    double count = -1;
    for (double time = 0; time <= mean; time += random.nextExponential()) {
      count++;
    }
    return count;
  }

  /** Transformed rejection with squeeze (Hormann 1993, algorithm PTRS). */
  private static double manyPoisson(RandomGenerator random, double mean) {
    double b = 0.931 + 2.53 * Math.sqrt(mean);
    double a = -0.059 + 0.02483 * b;
    double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    double squeeze = 0.9277 - 3.6224 / (b - 2);
    while (true) {
      double u = random.nextDouble() - 0.5;
      double v = 1 - random.nextDouble();
      double edge = 0.5 - Math.abs(u);
      double count = Math.floor((2 * a / edge + b) * u + mean + 0.43);
      if (edge >= 0.07 && v <= squeeze) {
        return count;
      }
      boolean outside = count < 0 || edge == 0 || (edge < 0.013 && v > edge);
      if (!outside
          && Math.log(v * inverseAlpha / (a / (edge * edge) + b))
              <= count * Math.log(mean) - mean - logFactorial(count)) {
        return count;
      }
    }
  }

  /** Stirling's series, below 10 the product: right to 1e-10. */
  private static double logFactorial(double n) {
    if (n < 10) {
      double product = 1;
      for (int i = 2; i <= n; i++) {
        product *= i;
      }
      return Math.log(product);
    }
    double series = (1.0 / 12 - (1.0 / 360 - 1 / (1260 * n * n)) / (n * n)) / n;
    return (n + 0.5) * Math.log(n) - n + HALF_LOG_2PI + series;
  }
}
