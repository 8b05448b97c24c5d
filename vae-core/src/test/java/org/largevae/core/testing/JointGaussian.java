package org.largevae.core.testing;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A Gaussian over a few numbers in double, with its marginals and conditionals (Bishop 2006,
 * equations 2.81, 2.82 and 2.115): a reference for models whose maps are linear.
 *
 * @param mean its mean
 * @param covariance its covariance
 */
public record JointGaussian(double[] mean, double[][] covariance) {

  /** The distribution of some numbers given others: N(matrix v + shift, covariance). */
  public record Conditional(double[][] matrix, double[] shift, double[][] covariance) {}

  /** The standard Gaussian. */
  public static JointGaussian standard(int size) {
    double[][] unit = new double[size][size];
    for (int i = 0; i < size; i++) {
      unit[i][i] = 1;
    }
    return new JointGaussian(new double[size], unit);
  }

  /** With {@code y = matrix v + shift + deviation noise} behind its numbers v. */
  public JointGaussian followedBy(double[][] matrix, double[] shift, double deviation) {
    int old = mean.length;
    int all = old + shift.length;
    double[] means = Arrays.copyOf(mean, all);
    double[][] covariances = new double[all][all];
    for (int i = 0; i < old; i++) {
      System.arraycopy(covariance[i], 0, covariances[i], 0, old);
    }
    for (int r = 0; r < shift.length; r++) {
      means[old + r] = shift[r] + dot(matrix[r], mean);
      for (int i = 0; i < old; i++) {
        covariances[old + r][i] = dot(matrix[r], covariance[i]);
        covariances[i][old + r] = covariances[old + r][i];
      }
    }
    for (int r = 0; r < shift.length; r++) {
      for (int s = 0; s < shift.length; s++) {
        double[] cross = Arrays.copyOf(covariances[old + s], old);
        covariances[old + r][old + s] =
            dot(matrix[r], cross) + (r == s ? deviation * deviation : 0);
      }
    }
    return new JointGaussian(means, covariances);
  }

  /** The distribution of some of its numbers that stand side by side. */
  public JointGaussian marginal(int from, int count) {
    int[] kept = IntStream.range(from, from + count).toArray();
    return new JointGaussian(Arrays.copyOfRange(mean, from, from + count), block(kept, kept));
  }

  /** The distribution of some of its numbers given others. */
  public Conditional conditional(int[] wanted, int[] known) {
    double[][] precision = inverse(block(known, known));
    double[][] cross = block(wanted, known);
    double[][] matrix = new double[wanted.length][known.length];
    double[] shift = new double[wanted.length];
    double[][] left = block(wanted, wanted);
    for (int r = 0; r < wanted.length; r++) {
      shift[r] = mean[wanted[r]];
      for (int k = 0; k < known.length; k++) {
        matrix[r][k] = dot(cross[r], precision[k]);
        shift[r] -= matrix[r][k] * mean[known[k]];
      }
    }
    for (int r = 0; r < wanted.length; r++) {
      for (int s = 0; s < wanted.length; s++) {
        left[r][s] -= dot(matrix[r], cross[s]);
      }
    }
    return new Conditional(matrix, shift, left);
  }

  private double[][] block(int[] rows, int[] columns) {
    double[][] block = new double[rows.length][columns.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        block[r][c] = covariance[rows[r]][columns[c]];
      }
    }
    return block;
  }

  /** The log-density. */
  public double logDensity(double[] value) {
    double[][] factor = cholesky(covariance);
    double sum = value.length * Math.log(2 * Math.PI);
    double[] white = new double[value.length];
    for (int i = 0; i < value.length; i++) {
      double rest = value[i] - mean[i];
      for (int j = 0; j < i; j++) {
        rest -= factor[i][j] * white[j];
      }
      white[i] = rest / factor[i][i];
      sum += white[i] * white[i] + 2 * Math.log(factor[i][i]);
    }
    return -0.5 * sum;
  }

  /** A draw. */
  public double[] sample(Random random) {
    double[][] factor = cholesky(covariance);
    double[] noise = new double[mean.length];
    Arrays.setAll(noise, i -> random.nextGaussian());
    double[] draw = new double[mean.length];
    Arrays.setAll(draw, i -> mean[i] + dot(factor[i], noise));
    return draw;
  }

  /** The lower triangular L with L L^T = matrix. */
  public static double[][] cholesky(double[][] matrix) {
    int size = matrix.length;
    double[][] factor = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i][j] - dot(factor[i], factor[j]);
        factor[i][j] = i == j ? Math.sqrt(rest) : rest / factor[j][j];
      }
    }
    return factor;
  }

  /** By the Gauss-Jordan algorithm; of positive definite matrices, which need no pivots. */
  private static double[][] inverse(double[][] matrix) {
    int size = matrix.length;
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = Arrays.copyOf(matrix[i], 2 * size);
      rows[i][size + i] = 1;
    }
    for (int p = 0; p < size; p++) {
      double pivot = rows[p][p];
      for (int c = 0; c < 2 * size; c++) {
        rows[p][c] /= pivot;
      }
      for (int r = 0; r < size; r++) {
        double factor = rows[r][p];
        for (int c = 0; r != p && c < 2 * size; c++) {
          rows[r][c] -= factor * rows[p][c];
        }
      }
    }
    return Arrays.stream(rows)
        .map(row -> Arrays.copyOfRange(row, size, 2 * size))
        .toArray(double[][]::new);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
