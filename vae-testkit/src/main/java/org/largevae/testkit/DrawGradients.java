package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.largevae.api.distribution.Density;
import org.largevae.api.tensor.Tensors;

/**
 * Compares two estimates of the gradient of {@code E[f(z)]} by a distribution's parameters: that
 * which flows through draws, and the score function's, {@code E[(f(z) - E f) d log p(z)]}, which
 * needs the density alone (Williams 1992). f is a sum of a linear function and a square.
 */
final class DrawGradients {
  private static final int BLOCKS = 40;
  private static final int DRAWS = 500;

  /** Beyond it a t statistic of 39 degrees of freedom is once in 100,000. */
  private static final double STANDARD_ERRORS = 5;

  /** What float32 may lose in a mean of many values. */
  private static final double ROUNDING = 1e-3;

  private final List<Leaf> leaves;
  private final Supplier<Density> posterior;

  /**
   * What to compare.
   *
   * @param leaves what the distribution depends on
   * @param posterior makes it anew, a batch (B), in a pass of training
   */
  DrawGradients(List<Leaf> leaves, Supplier<Density> posterior) {
    this.leaves = leaves;
    this.posterior = posterior;
  }

  /** The first entry whose estimates differ by more than chance explains, in words. */
  Optional<String> disagreement(int seed) {
    double[][][] through = new double[BLOCKS][][];
    double[][][] score = new double[BLOCKS][][];
    for (int block = 0; block < BLOCKS; block++) {
      int first = seed + block;
      int second = first + BLOCKS;
      through[block] = new Gradients(leaves, () -> new NDList(throughDraws(first))).all();
      score[block] = new Gradients(leaves, () -> new NDList(byScore(second))).all();
    }
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      for (int entry = 0; entry < through[0][leaf].length; entry++) {
        double[] one = moments(through, leaf, entry);
        double[] other = moments(score, leaf, entry);
        double allowed = STANDARD_ERRORS * Math.hypot(one[1], other[1]) + ROUNDING;
        if (!(Math.abs(one[0] - other[0]) <= allowed)) {
          return Optional.of(
              String.format(
                  Locale.ROOT,
                  "the gradient of an expectation by %s at position %d is %.4f +- %.4f through the"
                      + " draws, but %.4f +- %.4f by the score function",
                  leaves.get(leaf).name(),
                  entry,
                  one[0],
                  one[1],
                  other[0],
                  other[1]));
        }
      }
    }
    return Optional.empty();
  }

  private NDArray throughDraws(int seed) {
    Density density = seeded(seed);
    return function(density.sample(new Shape(DRAWS))).mean();
  }

  /** The distribution, whose next draws are a seed's. */
  private Density seeded(int seed) {
    Density density = posterior.get();
    Bench.seed(seed);
    return density;
  }

  private NDArray byScore(int seed) {
    Density density = seeded(seed);
    NDArray z = density.sample(new Shape(DRAWS)).stopGradient();
    NDArray f = function(z);
    NDArray centred = f.sub(f.mean(new int[] {0}, true));
    return density.logProb(z).mul(Tensors.toFloat64(centred)).mean();
  }

  /** f of draws (S, B, M), shape (S, B), different for each of the B. */
  private static NDArray function(NDArray z) {
    Shape shape = z.getShape().slice(1);
    Random random = new Random(5);
    NDArray linear = weights(z, shape, random);
    NDArray square = weights(z, shape, random);
    return Tensors.sumLast(z.mul(linear)).add(Tensors.sumLast(z.mul(square)).square());
  }

  private static NDArray weights(NDArray like, Shape shape, Random random) {
    double[] values = random.doubles(shape.size(), -2, 2).toArray();
    return Arrays64.create(like.getManager(), values, shape, DataType.FLOAT32);
  }

  /** The mean over blocks and its standard error. */
  private static double[] moments(double[][][] blocks, int leaf, int entry) {
    double sum = 0;
    double squares = 0;
    for (double[][] block : blocks) {
      double value = block[leaf][entry];
      sum += value;
      squares += value * value;
    }
    double mean = sum / BLOCKS;
    double variance = Math.max(0, squares / BLOCKS - mean * mean);
    return new double[] {mean, Math.sqrt(variance / (BLOCKS - 1))};
  }
}
