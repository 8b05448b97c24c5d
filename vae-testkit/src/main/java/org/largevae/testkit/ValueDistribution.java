package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.largevae.api.likelihood.Likelihood;

/** A likelihood of a single value, D = 1, at fixed outputs of the decoder. */
final class ValueDistribution {
  private static final int SAMPLE = 10_000;

  private final Bench<Likelihood> bench;
  private final double[] given;
  private final double[] sample;

  /**
   * A distribution.
   *
   * @param bench has a likelihood of one value
   * @param setting another one gives other outputs of the decoder
   */
  ValueDistribution(Bench<Likelihood> bench, int setting) {
    this.bench = bench;
    this.given =
        DecoderOutputs.draw(bench, 1, setting).stream()
            .mapToDouble(array -> Arrays64.values(array)[0])
            .toArray();
    Bench.seed(setting);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray drawn = bench.component().sample(repeated(SAMPLE), bench.inference());
      this.sample = Arrays64.values(drawn);
    }
  }

  /** Draws, always the same. */
  double[] sample() {
    return sample;
  }

  /** The expectation under the normalised density or probabilities. */
  double expectation(boolean isDensity) {
    if (isDensity) {
      return density().expectation();
    }
    double[] values = SupportValues.all(bench.shape().support());
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
      return Arrays64.values(bench.component().mean(repeated(1), bench.inference()))[0];
    }
  }

  /** The density over the real line. */
  LineDensity density() {
    return new LineDensity(this::logProb, sample);
  }

  /** The probability of each of the support's values. */
  double[] probabilities() {
    double[] values = SupportValues.all(bench.shape().support());
    return Arrays.stream(logProb(values)).map(Math::exp).toArray();
  }

  /** The largest distance between the distribution functions of the draws and the probabilities. */
  double distance() {
    double[] values = SupportValues.all(bench.shape().support());
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

  private double[] logProb(double[] values) {
    return Results.onDoubles(
            bench.inputManager(),
            1,
            x ->
                bench
                    .component()
                    .logProb(x, repeated((int) x.getShape().get(0)), bench.inference()))
        .apply(values);
  }

  private NDList repeated(int rows) {
    NDList arrays = new NDList();
    for (double value : given) {
      double[] column = new double[rows];
      Arrays.fill(column, value);
      arrays.add(
          Arrays64.create(bench.inputManager(), column, new Shape(rows, 1), DataType.FLOAT32));
    }
    return arrays;
  }
}
