package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;
import org.largevae.api.likelihood.Likelihood;

/** A likelihood of a single value, D = 1, at fixed outputs of the decoder. */
final class ValueDistribution {
  private static final int SAMPLE = 10_000;

  /** Where the sum over values without an upper bound ends, beyond the greatest draw. */
  private static final double TAIL = 500;

  private final Bench<Likelihood> bench;
  private final ValueKind kind;
  private final double[] given;
  private final double[] sample;

  /**
   * A distribution.
   *
   * @param bench has a likelihood of one value
   * @param kind what the value is
   * @param setting another one gives other outputs of the decoder
   */
  ValueDistribution(Bench<Likelihood> bench, ValueKind kind, int setting) {
    this.bench = bench;
    this.kind = kind;
    this.given = Arrays64.values(LikelihoodContract.given(bench, 1, setting));
    Bench.seed(setting);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      this.sample = Arrays64.values(distribution().sample(new Shape(SAMPLE)));
    }
  }

  private Density distribution() {
    return distribution(DataType.FLOAT32);
  }

  private Density distribution(DataType type) {
    Shape shape = new Shape(1).addAll(bench.component().parameters());
    NDArray array = Arrays64.create(bench.inputManager(), given, shape, type);
    return bench.component().of(array, bench.inference());
  }

  private double[] values() {
    double greatest = Arrays.stream(sample).max().orElseThrow();
    return KindValues.all(kind, 2 * Math.abs(greatest) + TAIL);
  }

  /** Draws, always the same. */
  double[] sample() {
    return sample;
  }

  /** The expectation under the normalised probabilities. */
  double expectation() {
    double[] values = values();
    double[] probabilities = probabilities();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * probabilities[i];
    }
    return sum / Arrays.stream(probabilities).sum();
  }

  /** What the likelihood says the mean is. */
  double mean() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return Arrays64.values(distribution().mean())[0];
    }
  }

  /**
   * The density between bounds.
   *
   * @param lowest may be infinite
   * @param highest may be infinite
   */
  LineDensity density(double lowest, double highest) {
    return new LineDensity(x -> logProb(x, DataType.FLOAT32), sample, lowest, highest);
  }

  /** The probability of each of the kind's values. */
  double[] probabilities() {
    return probabilities(DataType.FLOAT32);
  }

  /**
   * The probability of each of the kind's values, computed in float64.
   *
   * @return empty for a likelihood that computes in float32 alone
   */
  Optional<double[]> preciseProbabilities() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Density density = distribution(DataType.FLOAT64);
      NDArray value = bench.inputManager().create(new float[] {kind.filler()}, new Shape(1, 1));
      if (density.logProb(value).getDataType() != DataType.FLOAT64) {
        return Optional.empty();
      }
    } catch (RuntimeException mixedTypes) {
      return Optional.empty();
    }
    return Optional.of(probabilities(DataType.FLOAT64));
  }

  private double[] probabilities(DataType type) {
    return Arrays.stream(logProb(values(), type)).map(Math::exp).toArray();
  }

  /** The largest distance between the distribution functions of the draws and the probabilities. */
  double distance() {
    double[] values = values();
    double[] probabilities = probabilities();
    double total = Arrays.stream(probabilities).sum();
    double largest = 0;
    double below = 0;
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      below += probabilities[i];
      double drawn = (double) Arrays.stream(sample).filter(v -> v <= value).count() / SAMPLE;
      largest = Math.max(largest, Math.abs(drawn - below / total));
    }
    return largest;
  }

  private double[] logProb(double[] values, DataType type) {
    return ResultChecks.onDoubles(bench.inputManager(), 1, x -> distribution(type).logProb(x))
        .apply(values);
  }
}
