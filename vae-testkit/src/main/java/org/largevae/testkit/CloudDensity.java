package org.largevae.testkit;

import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A density over R^M, M from 2 to about 5, integrated by importance sampling. The proposal is a
 * kernel estimate from draws of the distribution whose kernels, as wide as the draws are apart, are
 * multivariate t distributions: mostly of 9 degrees of freedom, near a Gaussian, and sometimes of
 * one, whose tails are heavier than those of the density, so that weights stay bounded.
 */
final class CloudDensity {
  private static final int KERNELS = 200;
  private static final int NEIGHBOURS = 10;
  private static final int DRAWS = 20_000;
  private static final int[] FREEDOM = {9, 1};
  private static final double[] SHARES = {0.75, 0.25};

  private final int size;
  private final double[] centres;
  private final double[] widths = new double[KERNELS];
  private final double[] points;
  private final double[] weights;

  /**
   * A density.
   *
   * @param size M
   * @param logDensity natural log, for many points at a time, row after row
   * @param sample draws, row after row, at least 200, that show where the density is
   */
  CloudDensity(int size, UnaryOperator<double[]> logDensity, double[] sample) {
    this.size = size;
    this.centres = Arrays.copyOf(sample, size * KERNELS);
    for (int k = 0; k < KERNELS; k++) {
      widths[k] = width(k);
    }
    this.points = propose(new Random(7));
    this.weights = logDensity.apply(points);
    for (int i = 0; i < DRAWS; i++) {
      weights[i] = Math.exp(weights[i] - logProposal(i));
    }
  }

  private double[] propose(Random random) {
    double[] drawn = new double[size * DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      int kernel = random.nextInt(KERNELS);
      int freedom = random.nextDouble() < SHARES[0] ? FREEDOM[0] : FREEDOM[1];
      double chiSquare = 0;
      for (int f = 0; f < freedom; f++) {
        double normal = random.nextGaussian();
        chiSquare += normal * normal;
      }
      double stretch = widths[kernel] * Math.sqrt(freedom / chiSquare);
      for (int m = 0; m < size; m++) {
        double value = centres[size * kernel + m] + stretch * random.nextGaussian();
        // rounded as the component sees it
        drawn[size * i + m] = (float) value;
      }
    }
    return drawn;
  }

  /** The points that were proposed, weighted. */
  WeightedPoints weighted() {
    return new WeightedPoints(size, points, weights);
  }

  private double width(int kernel) {
    double[] squares = new double[KERNELS];
    for (int k = 0; k < KERNELS; k++) {
      squares[k] = square(k, centres, kernel);
    }
    Arrays.sort(squares);
    return Math.max(Math.sqrt(squares[NEIGHBOURS]), 1e-3);
  }

  private double logProposal(int point) {
    double sum = 0;
    for (int f = 0; f < FREEDOM.length; f++) {
      double freedom = FREEDOM[f];
      double exponent = (freedom + size) / 2;
      double constant = SHARES[f] / KERNELS * normaliser(FREEDOM[f]);
      for (int k = 0; k < KERNELS; k++) {
        double squares = square(k, points, point) / (freedom * widths[k] * widths[k]);
        double volume = Math.pow(widths[k], size);
        sum += constant / volume * Math.exp(-exponent * Math.log1p(squares));
      }
    }
    return Math.log(sum);
  }

  /** The density of a t distribution of unit scale at its centre. */
  private double normaliser(int freedom) {
    return gammaOfHalf(freedom + size)
        / (gammaOfHalf(freedom) * Math.pow(freedom * Math.PI, size / 2.0));
  }

  /** Gamma(n / 2). */
  private static double gammaOfHalf(int n) {
    double gamma = n % 2 == 0 ? 1 : Math.sqrt(Math.PI);
    for (double x = n % 2 == 0 ? 1 : 0.5; x < n / 2.0; x++) {
      gamma *= x;
    }
    return gamma;
  }

  private double square(int kernel, double[] rows, int row) {
    double sum = 0;
    for (int m = 0; m < size; m++) {
      double difference = rows[size * row + m] - centres[size * kernel + m];
      sum += difference * difference;
    }
    return sum;
  }
}
