package org.largevae.core.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.model.ModelPass;
import org.largevae.api.tensor.Tensors;

/**
 * Fills in what is missing, from p(x_missing | x_observed) by self-normalised importance sampling:
 * S latents from q(z|x_observed), each with the weight {@code p(x_observed|z) p(z) / q(z|x)}
 * (Mattei and Frellsen 2019, arXiv:1812.02633, section 4).
 *
 * @param pass the model
 * @param data what the examples are made of
 * @param batch B examples, some of whose values are missing
 * @param draws S latents of each
 */
public record Imputation(ModelPass pass, DataDescription data, Batch batch, Draws draws) {

  /**
   * One value for each that is missing: the expectation of a number, the most probable of values
   * that can be listed, a count's expectation as a whole number.
   *
   * @return shape (B, D) as a model sees it, what is observed as it was
   */
  public float[] expected() {
    double[][] weights = weights();
    Density decoded = pass.decode(draws.latents());
    double[] mean = weighted(Tensors.toDoubles(decoded.mean()), weights);
    Map<Integer, double[]> probabilities = probabilities(decoded, weights);
    float[] filled = batch.x().toFloatArray();
    boolean[] missing = missing();
    int dimensions = data.dimensions();
    for (int i = 0; i < filled.length; i++) {
      if (missing[i]) {
        int value = i % dimensions;
        filled[i] =
            listed(data.kind(value)) > 0
                ? mostProbable(probabilities, listed(data.kind(value)), i)
                : number(data.kind(value), mean[i]);
      }
    }
    return filled;
  }

  private static float number(ValueKind kind, double mean) {
    return (float) (kind.equals(ValueKinds.COUNT) ? Math.rint(mean) : mean);
  }

  private static float mostProbable(Map<Integer, double[]> probabilities, int values, int place) {
    int best = 0;
    for (int candidate = 1; candidate < values; candidate++) {
      if (probabilities.get(candidate)[place] > probabilities.get(best)[place]) {
        best = candidate;
      }
    }
    return best;
  }

  /**
   * Draws of what is missing, which differ as much as it is uncertain: a latent is chosen by its
   * weight, then values are drawn at it (sampling importance resampling, Rubin 1987).
   *
   * @param count how many draws
   * @param seeds one for each example
   * @return count arrays of shape (B, D) as a model sees them, what is observed as it was
   */
  public float[][] sampled(int count, long[] seeds) {
    double[][] weights = weights();
    SplittableRandom[] choices =
        Arrays.stream(seeds).mapToObj(SplittableRandom::new).toArray(SplittableRandom[]::new);
    Noise noise =
        Noise.ofExamples(Arrays.stream(choices).mapToLong(SplittableRandom::nextLong).toArray());
    Density decoded = pass.decode(draws.latents());
    boolean[] missing = missing();
    float[][] drawn = new float[count][];
    for (int draw = 0; draw < count; draw++) {
      float[] values = decoded.sample(new Shape(), noise).toFloatArray();
      drawn[draw] = batch.x().toFloatArray();
      for (int example = 0; example < seeds.length; example++) {
        int chosen = choose(weights, example, choices[example].nextDouble());
        fill(drawn[draw], values, missing, example, chosen * seeds.length + example);
      }
    }
    return drawn;
  }

  private void fill(float[] target, float[] values, boolean[] missing, int example, int row) {
    int dimensions = data.dimensions();
    for (int value = 0; value < dimensions; value++) {
      int place = example * dimensions + value;
      target[place] = missing[place] ? values[row * dimensions + value] : target[place];
    }
  }

  private static int choose(double[][] weights, int example, double uniform) {
    double sum = 0;
    for (int draw = 0; draw < weights.length - 1; draw++) {
      sum += weights[draw][example];
      if (uniform < sum) {
        return draw;
      }
    }
    return weights.length - 1;
  }

  /** Of each draw and example, (S, B); those of an example sum to 1. */
  private double[][] weights() {
    Bound bound = draws.bound();
    double[] reconstruction = Tensors.toDoubles(bound.reconstruction());
    double[] kl = Tensors.toDoubles(bound.kl());
    int examples = Math.toIntExact(batch.x().getShape().get(0));
    double[][] weights = new double[reconstruction.length / examples][examples];
    for (int example = 0; example < examples; example++) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (int draw = 0; draw < weights.length; draw++) {
        int place = draw * examples + example;
        weights[draw][example] = reconstruction[place] - kl[place];
        greatest = Math.max(greatest, weights[draw][example]);
      }
      if (!Double.isFinite(greatest)) {
        throw new NotFiniteException(
            "imputation failed: the model gives an example no finite density at any draw");
      }
      double sum = 0;
      for (double[] row : weights) {
        row[example] = Math.exp(row[example] - greatest);
        sum += row[example];
      }
      for (double[] row : weights) {
        row[example] /= sum;
      }
    }
    return weights;
  }

  /** Values of shape (S, B, D) averaged over the draws. */
  private double[] weighted(double[] values, double[][] weights) {
    int dimensions = data.dimensions();
    double[] mean = new double[weights[0].length * dimensions];
    for (int i = 0; i < values.length; i++) {
      int place = i % mean.length;
      mean[place] += weights[i / mean.length][place / dimensions] * values[i];
    }
    return mean;
  }

  /** Of each value that can be listed, by itself: shape (B, D), of use where a column knows it. */
  private Map<Integer, double[]> probabilities(Density decoded, double[][] weights) {
    int most = 0;
    boolean[] missing = missing();
    for (int i = 0; i < missing.length; i++) {
      most = Math.max(most, missing[i] ? listed(data.kind(i % data.dimensions())) : 0);
    }
    Map<Integer, double[]> found = new HashMap<>();
    for (int candidate = 0; candidate < most; candidate++) {
      NDArray logs = ((Factorised) decoded).logProbEach(candidates(candidate));
      found.put(candidate, weighted(Tensors.toDoubles(logs.exp()), weights));
    }
    return found;
  }

  /** The examples with one value in every column that knows it, shape (B, D). */
  private NDArray candidates(int candidate) {
    float[] x = batch.x().toFloatArray();
    for (int i = 0; i < x.length; i++) {
      x[i] = candidate < listed(data.kind(i % data.dimensions())) ? candidate : x[i];
    }
    return batch.x().getManager().create(x, batch.x().getShape());
  }

  /** How many values a kind lists; 0 for numbers. */
  private static int listed(ValueKind kind) {
    if (kind instanceof ValueKinds.Category category) {
      return category.categories();
    } else if (kind instanceof ValueKinds.Ordinal ordinal) {
      return ordinal.levels();
    }
    return kind.equals(ValueKinds.BINARY) ? 2 : 0;
  }

  private boolean[] missing() {
    float[] observed = batch.observed().map(NDArray::toFloatArray).orElse(null);
    boolean[] missing = new boolean[Math.toIntExact(batch.x().size())];
    for (int i = 0; observed != null && i < missing.length; i++) {
      missing[i] = observed[i] == 0;
    }
    return missing;
  }
}
