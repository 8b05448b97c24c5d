package org.largevae.core.evaluation;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;

/**
 * {@code P(k) = Gamma(k + r) / (Gamma(r) k!) (r / (r + m))^r (m / (r + m))^k}, with mean m and
 * variance m + m^2 / r.
 */
record CountMarginal(double mean, double size) implements Marginal {
  /** Beyond it a Poisson distribution in all digits. */
  private static final double LARGEST = 1e6;

  /** By moments. */
  static CountMarginal of(double mean, double variance) {
    double size = mean * mean / (variance - mean);
    return new CountMarginal(mean, size > 0 ? Math.min(size, LARGEST) : LARGEST);
  }

  @Override
  public double logDensity(double[] values) {
    double sum = values.length * -size * Math.log1p(mean / size);
    double each = Math.log(mean) - Math.log(size) - Math.log1p(mean / size);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray counts = manager.create(values);
      NDArray size = manager.create(this.size);
      NDArray ways = counts.add(size).gammaln().sub(size.gammaln());
      sum += ways.sub(counts.add(1).gammaln()).sum().getDouble();
    }
    return sum + each * Arrays.stream(values).sum();
  }
}
