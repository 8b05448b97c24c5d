package org.largevae.testkit;

import java.util.Random;

/** The space that latents live in: R^M, or a part of it such as a sphere. */
public interface LatentSpace {

  /**
   * What the space is called in messages.
   *
   * @return for example {@code the unit sphere}
   */
  String name();

  /**
   * A point of the space, different for each call.
   *
   * @param size M, the number of values of a latent
   * @param random the source of randomness
   * @return M values, spread like those of a standard normal distribution where the space lets them
   */
  double[] point(int size, Random random);

  /**
   * Whether a point lies in the space, to rounding in float32.
   *
   * @param point M values
   * @return false for what no draw may be
   */
  boolean holds(double[] point);

  /**
   * Whether densities are densities over R^M, so that they can be integrated over it.
   *
   * @return false unless overridden
   */
  default boolean isEuclidean() {
    return false;
  }

  /**
   * Whether densities are densities over the surface of the unit sphere.
   *
   * @return false unless overridden
   */
  default boolean isSphere() {
    return false;
  }

  /**
   * All of R^M.
   *
   * @return the space
   */
  static LatentSpace euclidean() {
    return new LatentSpace() {
      @Override
      public String name() {
        return "R^M";
      }

      @Override
      public double[] point(int size, Random random) {
        double[] point = new double[size];
        for (int i = 0; i < size; i++) {
          point[i] = random.nextGaussian();
        }
        return point;
      }

      @Override
      public boolean holds(double[] point) {
        return true;
      }

      @Override
      public boolean isEuclidean() {
        return true;
      }
    };
  }

  /**
   * The unit sphere in R^M.
   *
   * @return the space
   */
  static LatentSpace sphere() {
    return new LatentSpace() {
      @Override
      public String name() {
        return "the unit sphere";
      }

      @Override
      public double[] point(int size, Random random) {
        double[] point = euclidean().point(size, random);
        double length = length(point);
        for (int i = 0; i < size; i++) {
          point[i] /= length;
        }
        return point;
      }

      @Override
      public boolean holds(double[] point) {
        return Math.abs(length(point) - 1) < 1e-4;
      }

      @Override
      public boolean isSphere() {
        return true;
      }

      private double length(double[] point) {
        double squares = 0;
        for (double value : point) {
          squares += value * value;
        }
        return Math.sqrt(squares);
      }
    };
  }
}
