package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Noise;

/**
 * Draws K proposals from N(0, I) for each draw that is asked for and picks one of them with a
 * probability in proportion to {@code exp(f(z))}: the one with the largest {@code f(z)} plus Gumbel
 * noise.
 *
 * @param manager makes the arrays
 * @param size M
 * @param proposals K
 * @param logWeight f, from (..., M) to (...)
 */
record Resampling(NDManager manager, int size, int proposals, UnaryOperator<NDArray> logWeight) {
  /** A fixed number, so that a draw takes the same random numbers however many are drawn. */
  private static final int AT_ONCE = 8;

  /**
   * Draws.
   *
   * @param leading how many
   * @param noise the only source of random numbers
   * @return shape (leading, M), without gradients
   */
  NDArray sample(Shape leading, Noise noise) {
    int draws = Math.toIntExact(leading.size());
    Shape rows = leading.dimension() == 0 ? new Shape(1) : leading;
    float[] chosen = new float[draws * size];
    double[] highest = new double[draws];
    Arrays.fill(highest, Double.NEGATIVE_INFINITY);
    for (int done = 0; done < proposals; done += AT_ONCE) {
      Shape block = new Shape(Math.min(AT_ONCE, proposals - done)).addAll(rows);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray z = noise.normal(manager, block.add(size), DataType.FLOAT32);
        float[] uniform = noise.uniform(manager, block.add(1), DataType.FLOAT32).toFloatArray();
        pick(z.toFloatArray(), logWeights(z), uniform, chosen, highest);
      }
    }
    return manager.create(chosen, leading.add(size));
  }

  private float[] logWeights(NDArray z) {
    return logWeight.apply(z).toType(DataType.FLOAT32, false).toFloatArray();
  }

  private void pick(
      float[] z, float[] logWeights, float[] uniform, float[] chosen, double[] highest) {
    for (int i = 0; i < logWeights.length; i++) {
      int draw = i % highest.length;
      double score = logWeights[i] - Math.log(-Math.log(uniform[i]));
      if (score >= highest[draw]) {
        highest[draw] = score;
        System.arraycopy(z, i * size, chosen, draw * size, size);
      }
    }
  }
}
