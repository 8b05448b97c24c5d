package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import org.largevae.api.tensor.Tensors;

/**
 * One Gaussian in plain double arithmetic by textbook formulas, to compare others with.
 *
 * @param mean M values
 * @param covariance M x M
 */
record DenseGaussian(double[] mean, double[][] covariance) {

  /** With covariance {@code diag(variances) + root root^T}, from arrays of shape (M) and (M, R). */
  static DenseGaussian of(NDArray mean, double[] variances, NDArray root) {
    double[] means = Tensors.toDoubles(mean);
    int size = means.length;
    double[] entries = Tensors.toDoubles(root);
    int columns = entries.length / size;
    double[][] covariance = new double[size][size];
    for (int i = 0; i < size; i++) {
      covariance[i][i] = variances[i];
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < columns; k++) {
          covariance[i][j] += entries[i * columns + k] * entries[j * columns + k];
        }
      }
    }
    return new DenseGaussian(means, covariance);
  }

  double logDensity(NDArray z) {
    double[] difference = Tensors.toDoubles(z);
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= mean[i];
    }
    double[][] cholesky = cholesky();
    double sum = mean.length * Math.log(2 * Math.PI) + logDeterminant(cholesky);
    for (double standardised : solved(cholesky, difference)) {
      sum += standardised * standardised;
    }
    return -sum / 2;
  }

  /** {@code KL(this || other)}. */
  double divergence(DenseGaussian other) {
    double[][] cholesky = other.cholesky();
    double sum = logDeterminant(cholesky) - logDeterminant(cholesky()) - mean.length;
    double[] difference = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      difference[i] = mean[i] - other.mean[i];
    }
    for (double standardised : solved(cholesky, difference)) {
      sum += standardised * standardised;
    }
    // tr(P S) = |C^-1 L|^2 with S = L L^T
    double[][] own = cholesky();
    for (int column = 0; column < mean.length; column++) {
      double[] entries = new double[mean.length];
      for (int row = 0; row < mean.length; row++) {
        entries[row] = own[row][column];
      }
      for (double standardised : solved(cholesky, entries)) {
        sum += standardised * standardised;
      }
    }
    return sum / 2;
  }

  private double[][] cholesky() {
    int size = mean.length;
    double[][] factor = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = covariance[i][j];
        for (int k = 0; k < j; k++) {
          sum -= factor[i][k] * factor[j][k];
        }
        factor[i][j] = i == j ? Math.sqrt(sum) : sum / factor[j][j];
      }
    }
    return factor;
  }

  private static double logDeterminant(double[][] cholesky) {
    double sum = 0;
    for (int i = 0; i < cholesky.length; i++) {
      sum += 2 * Math.log(cholesky[i][i]);
    }
    return sum;
  }

  private static double[] solved(double[][] lower, double[] right) {
    double[] solution = new double[right.length];
    for (int i = 0; i < right.length; i++) {
      double sum = right[i];
      for (int k = 0; k < i; k++) {
        sum -= lower[i][k] * solution[k];
      }
      solution[i] = sum / lower[i][i];
    }
    return solution;
  }
}
