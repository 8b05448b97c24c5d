package org.largevae.core.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.distribution.Noise;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.model.ModelPass;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.data.BatchedExamples;
import org.largevae.core.engine.ExampleSeeds;
import org.largevae.core.engine.NoGradient;
import org.largevae.core.engine.Seeds;
import org.largevae.core.model.NotFiniteSearch;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.results.ComponentUse;
import org.largevae.core.results.LevelResult;
import org.largevae.core.results.PartitionResult;

/**
 * Evaluates a model whose parameters stand still: the prior's own work, such as encoding
 * pseudo-inputs, is done once for a whole partition.
 */
public final class Evaluator {
  private static final int EXAMPLES_AT_ONCE = 500;

  /** Bounds the memory of a mixture of very many components. */
  private static final long SHARES_AT_ONCE = 1L << 23;

  private Evaluator() {}

  /**
   * The evidence lower bound at one draw of z for each example; the same draws at every call with
   * the same seed.
   *
   * @param model the model
   * @param data the examples
   * @param seed the experiment's seed
   * @return the means over the examples
   */
  public static Elbo elbo(ParameterizedModel model, BatchedExamples data, long seed) {
    Elbo total = new Elbo(0, 0, List.of());
    try (NoGradient none = new NoGradient();
        NDScope outer = new NDScope()) {
      ModelPass pass = model.begin();
      for (int from = 0; from < data.count(); from += EXAMPLES_AT_ONCE) {
        int to = Math.min(from + EXAMPLES_AT_ONCE, data.count());
        try (NDScope inner = new NDScope()) {
          Draws draws;
          try (Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.VALIDATION, from, 0)) {
            draws = pass.draw(data.batch(rows(from, to)), 1);
          }
          total = total.plus(Elbo.sums(draws.bound()));
        }
      }
    }
    return total.over(data.count());
  }

  /**
   * Finds why {@link #elbo} is not finite. Slow: only for what has failed.
   *
   * @param model the model
   * @param data the examples
   * @param seed the experiment's seed
   * @return the component that gave the first such value, a clause for people; empty if none is
   *     found
   */
  public static Optional<String> firstNotFinite(
      ParameterizedModel model, BatchedExamples data, long seed) {
    try (NoGradient none = new NoGradient();
        NDScope outer = new NDScope()) {
      ModelPass pass = model.begin();
      for (int from = 0; from < data.count(); from += EXAMPLES_AT_ONCE) {
        int to = Math.min(from + EXAMPLES_AT_ONCE, data.count());
        try (NDScope inner = new NDScope();
            Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.VALIDATION, from, 0)) {
          Optional<String> found =
              new NotFiniteSearch(model, pass).first(data.batch(rows(from, to)), 1);
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Estimates log p(x) by importance sampling from q(z|x) (Burda et al. 2016, equation 8), the
   * bound and its parts from the same draws, and the active units.
   *
   * @param model the model
   * @param data the examples
   * @param samples S, draws of z for each example, at least 1
   * @param batchRows how many pairs of an example and a draw are computed at once
   * @param seed of the draws
   * @param progress hears how many examples are done
   * @return the evaluation
   * @throws NotFiniteException if an importance weight is NaN or infinite, or an example's are all
   *     0
   * @throws org.largevae.api.config.ConfigurationException if the prior's normaliser is an estimate
   *     too poor to say what log p(x) is
   */
  public static Evaluation evaluate(
      ParameterizedModel model,
      BatchedExamples data,
      int samples,
      int batchRows,
      long seed,
      IntConsumer progress) {
    try (NoGradient none = new NoGradient();
        NDScope outer = new NDScope()) {
      ModelPass pass = model.begin();
      List<Integer> sizes = model.model().latentSizes();
      Optional<List<Integer>> activeUnits = ActiveUnits.of(pass, data, sizes, seed);
      ComponentUse componentUse = componentUse(pass, data);
      ImportanceWeights weights = weights(model, pass, data, samples, batchRows, seed, progress);
      PartitionResult result = summarise(weights, model, activeUnits, componentUse, pass.prior());
      return new Evaluation(result, weights.negativeLogLikelihoods());
    }
  }

  /**
   * The same estimates of log p(x) and of the bound, for each example. Call it within a scope, with
   * gradients off.
   *
   * @param model the model
   * @param pass the model with its parameters
   * @param data the examples
   * @param samples S, draws of z for each example, at least 1
   * @param batchRows how many pairs of an example and a draw are computed at once
   * @param seed of the draws
   * @return the scores
   * @throws NotFiniteException as {@link #evaluate}
   */
  public static Scores scores(
      ParameterizedModel model,
      ModelPass pass,
      BatchedExamples data,
      int samples,
      int batchRows,
      long seed) {
    ImportanceWeights weights = weights(model, pass, data, samples, batchRows, seed, done -> {});
    return new Scores(weights.logLikelihoods(), weights.elbos());
  }

  /**
   * Whether log p(x) can be given at all with the prior as it is, to be asked before long work that
   * would be in vain.
   *
   * @param pass of the model
   * @throws ConfigurationException if the prior's normaliser is estimated too coarsely to report
   */
  public static void requireReportable(ModelPass pass) {
    ReportableNormaliser.of(pass.prior());
  }

  private static ImportanceWeights weights(
      ParameterizedModel model,
      ModelPass pass,
      BatchedExamples data,
      int samples,
      int batchRows,
      long seed,
      IntConsumer progress) {
    requireReportable(pass);
    int depth = model.model().latentSizes().size();
    ImportanceWeights weights = new ImportanceWeights(data.count(), samples, depth);
    int examplesAtOnce = Math.max(1, batchRows / samples);
    int drawsAtOnce = Math.min(samples, batchRows);
    for (int from = 0; from < data.count(); from += examplesAtOnce) {
      int to = Math.min(from + examplesAtOnce, data.count());
      Noise noise = null;
      for (int draw = 0; draw < samples; draw += drawsAtOnce) {
        int draws = Math.min(drawsAtOnce, samples - draw);
        try (NDScope inner = new NDScope()) {
          Batch batch = data.batch(rows(from, to));
          noise = noise == null ? noise(batch, seed) : noise;
          Draws drawn = pass.draw(batch, draws, noise);
          Bound bound = drawn.bound();
          double[] reconstruction = Tensors.toDoubles(bound.reconstruction());
          double[] kl = Tensors.toDoubles(bound.kl());
          int bad = ImportanceWeights.firstBad(reconstruction, kl);
          if (bad >= 0) {
            throw notFinite(
                model, pass, data, seed, new Block(from, to, draw, draws), bad % (to - from));
          }
          weights.add(from, to - from, reconstruction, kl);
          for (int level = 0; depth > 1 && level < depth; level++) {
            weights.addLevel(level, Tensors.toDoubles(bound.levels().get(level).kl()));
          }
        }
      }
      progress.accept(to);
    }
    return weights;
  }

  private static Noise noise(Batch batch, long seed) {
    return ExampleSeeds.noise(batch, seed, Seeds.Purpose.EVALUATION);
  }

  /** Some draws of some examples, which are computed together. */
  private record Block(int from, int to, int draw, int draws) {}

  private static NotFiniteException notFinite(
      ParameterizedModel model,
      ModelPass pass,
      BatchedExamples data,
      long seed,
      Block block,
      int index) {
    Batch batch = data.batch(rows(block.from(), block.to()));
    Noise noise = noise(batch, seed);
    for (int draw = 0; draw < block.draw(); draw++) {
      pass.draw(batch, 1, noise);
    }
    Optional<String> cause =
        new NotFiniteSearch(model, pass).first(batch, () -> pass.draw(batch, block.draws(), noise));
    return new NotFiniteException(
        String.format(
            Locale.ROOT,
            "evaluation failed: example %d, counted from 0, has an importance weight that is not a"
                + " number%s",
            block.from() + index,
            cause.map(c -> " (" + c + ")").orElse("")));
  }

  private static PartitionResult summarise(
      ImportanceWeights weights,
      ParameterizedModel model,
      Optional<List<Integer>> activeUnits,
      ComponentUse componentUse,
      Density prior) {
    int without = weights.firstWithout();
    if (without >= 0) {
      throw new NotFiniteException(
          String.format(
              Locale.ROOT,
              "evaluation failed: example %d, counted from 0, has no likelihood: all of its %d"
                  + " importance weights are 0, so that -log p(x) is infinite",
              without,
              weights.samples()));
    }
    double[] negativeLogLikelihoods = weights.negativeLogLikelihoods();
    double nll = mean(negativeLogLikelihoods);
    return new PartitionResult(
        nll,
        standardError(negativeLogLikelihoods),
        nll / (model.data().dimensions() * Math.log(2)),
        weights.meanReconstruction() - weights.meanKl(),
        weights.meanReconstruction(),
        weights.meanKl(),
        activeUnits.map(units -> units.stream().mapToInt(Integer::intValue).sum()).orElse(null),
        weights.medianEffectiveSampleSize(),
        weights.samples(),
        negativeLogLikelihoods.length,
        componentUse,
        Settings.spelling(prior.kind()),
        ReportableNormaliser.of(prior).result(nll),
        null,
        levels(weights, model.model().latentSizes(), activeUnits));
  }

  /** Top first; null for a single one. */
  private static List<LevelResult> levels(
      ImportanceWeights weights, List<Integer> sizes, Optional<List<Integer>> activeUnits) {
    int depth = sizes.size();
    return depth == 1
        ? null
        : IntStream.range(0, depth)
            .mapToObj(
                level ->
                    new LevelResult(
                        depth - level,
                        sizes.get(level),
                        weights.meanKl(level),
                        activeUnits.map(units -> units.get(level)).orElse(null)))
            .toList();
  }

  /** At what stands for the posteriors, which is not drawn; null for a prior that is no mixture. */
  private static ComponentUse componentUse(ModelPass pass, BatchedExamples data) {
    double[] sums = null;
    if (!(pass.prior() instanceof Mixture mixture)) {
      return null;
    }
    // an array holds a share of each component for each example
    long atOnce = Math.max(1, Math.min(EXAMPLES_AT_ONCE, SHARES_AT_ONCE / components(mixture)));
    for (int from = 0; from < data.count(); from += (int) atOnce) {
      int to = (int) Math.min(from + atOnce, data.count());
      try (NDScope inner = new NDScope()) {
        NDArray means = pass.encode(data.batch(rows(from, to))).levels().get(0);
        NDArray shares = mixture.logShares(means).toType(DataType.FLOAT64, false).softmax(-1);
        sums = add(sums, shares.sum(new int[] {0}).toDoubleArray());
      }
    }
    return ComponentUse.of(Arrays.stream(sums).map(sum -> sum / data.count()).toArray());
  }

  private static long components(Mixture mixture) {
    return mixture.components().batch().get(0);
  }

  private static double[] add(double[] total, double[] part) {
    if (total != null) {
      Arrays.setAll(part, i -> part[i] + total[i]);
    }
    return part;
  }

  private static long[] rows(int from, int to) {
    return LongStream.range(from, to).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** Of the mean of some values; null for a single one. */
  private static Double standardError(double[] values) {
    if (values.length < 2) {
      return null;
    }
    double mean = mean(values);
    double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(sum / (values.length - 1) / values.length);
  }
}
