package org.largevae.core.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Support;
import org.largevae.api.model.Bound;
import org.largevae.api.model.ModelPass;
import org.largevae.core.data.BatchedExamples;
import org.largevae.core.engine.ExampleSeeds;
import org.largevae.core.engine.Seeds;

/**
 * Latents that tell examples apart, {@code Var_x(E_q(z above|x)[mean of q(z_l | x, z above)]) >
 * 0.01} (Burda et al. 2016, arXiv:1509.00519, section 5.1; for the levels below the top their means
 * over draws of the latents above).
 */
final class ActiveUnits {
  /** Fewer examples say nothing of how a latent varies. */
  private static final int FEWEST = 10;

  private static final double LEAST_VARIANCE = 0.01;
  private static final int EXAMPLES_AT_ONCE = 500;

  /** Draws of the latents above a level. */
  private static final int DRAWS = 16;

  private ActiveUnits() {}

  /**
   * Counts them. Call it within a scope, with gradients off.
   *
   * @param pass the model with its parameters
   * @param data the examples
   * @param sizes of the levels, top first
   * @param seed of the draws
   * @return how many each level has, top first; empty for fewer than 10 examples
   */
  static Optional<List<Integer>> of(
      ModelPass pass, BatchedExamples data, List<Integer> sizes, long seed) {
    if (data.count() < FEWEST) {
      return Optional.empty();
    }
    List<Integer> active = new ArrayList<>(List.of(ofTop(pass, data)));
    if (sizes.size() > 1) {
      active.addAll(below(pass, data, sizes.size(), seed));
    }
    return Optional.of(active);
  }

  private static int ofTop(ModelPass pass, BatchedExamples data) {
    MeanMoments moments = new MeanMoments();
    for (int from = 0; from < data.count(); from += EXAMPLES_AT_ONCE) {
      try (NDScope inner = new NDScope()) {
        Batch batch = batch(data, from, EXAMPLES_AT_ONCE);
        moments.add(pass.means(batch).levels().get(0).toType(DataType.FLOAT64, false));
      }
    }
    return moments.above(pass.prior().support());
  }

  private static List<Integer> below(ModelPass pass, BatchedExamples data, int depth, long seed) {
    List<MeanMoments> moments =
        IntStream.range(1, depth).mapToObj(level -> new MeanMoments()).toList();
    List<Support> supports = new ArrayList<>(Collections.nCopies(depth - 1, Support.REAL));
    int atOnce = EXAMPLES_AT_ONCE / DRAWS;
    for (int from = 0; from < data.count(); from += atOnce) {
      try (NDScope inner = new NDScope()) {
        Batch batch = batch(data, from, atOnce);
        List<Bound.Level> levels =
            pass.draw(batch, DRAWS, ExampleSeeds.noise(batch, seed, Seeds.Purpose.ACTIVE_UNITS))
                .bound()
                .levels();
        for (int level = 1; level < depth; level++) {
          NDArray means = levels.get(level).posterior().mean().toType(DataType.FLOAT64, false);
          NDArray mean = means.mean(new int[] {0});
          NDArray scatter = means.sub(mean).square().sum(new int[] {0});
          moments.get(level - 1).add(mean);
          moments.get(level - 1).addScatter(scatter);
          supports.set(level - 1, levels.get(level).prior().support());
        }
      }
    }
    return IntStream.range(1, depth)
        .mapToObj(level -> moments.get(level - 1).above(supports.get(level - 1)))
        .toList();
  }

  private static Batch batch(BatchedExamples data, int from, int count) {
    int to = Math.min(from + count, data.count());
    return data.batch(LongStream.range(from, to).toArray());
  }

  /** Sums over examples, one a latent. */
  private static final class MeanMoments {
    private double[] sums = {};
    private double[] squares = {};
    private double[] scatters = {};
    private long count;

    /** Takes in means of posteriors, shape (B, M). */
    void add(NDArray means) {
      sums = plus(sums, means.sum(new int[] {0}));
      squares = plus(squares, means.square().sum(new int[] {0}));
      count += means.getShape().get(0);
    }

    /**
     * Takes in the sums of squares of means about those over the draws, shape (B, M). What these
     * vary by from one set of draws to the next would pass for a variance over the examples.
     */
    void addScatter(NDArray sumsOfSquares) {
      scatters = plus(scatters, sumsOfSquares.sum(new int[] {0}));
    }

    /**
     * Of a uniform point on the sphere a coordinate has the variance 1 / m, of a normal latent 1.
     */
    int above(Support support) {
      double least = support == Support.SPHERE ? LEAST_VARIANCE / sums.length : LEAST_VARIANCE;
      int above = 0;
      for (int unit = 0; unit < sums.length; unit++) {
        double mean = sums[unit] / count;
        double scatter =
            scatters.length == 0 ? 0 : scatters[unit] / (DRAWS * (DRAWS - 1.0)) / count;
        above += squares[unit] / count - mean * mean - scatter > least ? 1 : 0;
      }
      return above;
    }

    private static double[] plus(double[] total, NDArray part) {
      double[] values = part.toDoubleArray();
      return IntStream.range(0, values.length)
          .mapToDouble(i -> (total.length == 0 ? 0 : total[i]) + values[i])
          .toArray();
    }
  }
}
