package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/**
 * Counts of where N events fall, given N: {@code log p(x | z, N) = log N! - sum_d log x_d! + sum_d
 * x_d log softmax_d(l)}, {@code N = sum_d x_d} (Liang et al. 2018, arXiv:1802.05814). The decoder
 * gives the logits l. How many events an example has is not modelled: examples that are drawn and
 * means have as many as the settings say.
 *
 * <p>The values depend on each other, so it is not for data with missing values. Computed in
 * float64, as {@link Poisson} is.
 */
public final class Multinomial implements Likelihood {
  private final int total;
  private final int dimensions;

  /**
   * A likelihood.
   *
   * @param settings how many events a draw has
   * @param data what the examples are made of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public Multinomial(MultinomialSettings settings, DataDescription data) {
    this.total = SettingsSchema.check(settings).total();
    this.dimensions = data.dimensions();
  }

  /**
   * A likelihood whose draws have one event.
   *
   * @param data what the examples are made of
   */
  public Multinomial(DataDescription data) {
    this(SettingsSchema.of(MultinomialSettings.class).defaultValues(), data);
  }

  /** One number a value, the logit. */
  @Override
  public Shape parameters() {
    return new Shape(1, dimensions);
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.COUNT);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    return new Multinomials(
        ParameterArrays.split(parameters, dimensions, "multinomial", "logits").get(0), total);
  }

  /** Of logits of shape (batch, D). */
  private record Multinomials(NDArray logits, int total) implements Density {

    @Override
    public Shape batch() {
      return logits.getShape().slice(0, logits.getShape().dimension() - 1);
    }

    @Override
    public Shape event() {
      return logits.getShape().slice(logits.getShape().dimension() - 1);
    }

    @Override
    public NDArray logProb(NDArray x) {
      Shapes.requireFit(x, batch(), event().get(0));
      NDArray counts = Tensors.toFloat64(x);
      NDArray events = Tensors.sumLast(counts);
      NDArray each = counts.mul(logProbabilities()).sub(counts.add(1).gammaln());
      return Tensors.sumLast(each).add(events.add(1).gammaln());
    }

    /** log softmax(l), float64. */
    private NDArray logProbabilities() {
      NDArray free = Tensors.toFloat64(logits);
      return free.sub(Tensors.logSumExpLast(free).expandDims(batch().dimension()));
    }

    @Override
    public NDArray mean() {
      return Tensors.multiply(logits.softmax(batch().dimension()), total);
    }

    /** Lets each event fall by the inverse of the distribution function. */
    @Override
    public NDArray sample(Shape leading, Noise noise) {
      int size = Math.toIntExact(event().get(0));
      double[] cumulative = Tensors.toDoubles(logProbabilities().exp());
      for (int i = 0; i < cumulative.length; i++) {
        cumulative[i] += i % size == 0 ? 0 : cumulative[i - 1];
      }
      Shape rows = leading.addAll(batch());
      NDArray uniform = noise.uniform(logits.getManager(), rows.add(total), DataType.FLOAT64);
      double[] events = Tensors.toDoubles(uniform);
      float[] counts = new float[Math.toIntExact(rows.size() * size)];
      for (int i = 0; i < events.length; i++) {
        int row = i / total;
        int from = row * size % cumulative.length;
        counts[row * size + place(cumulative, from, from + size, events[i])]++;
      }
      return logits.getManager().create(counts, rows.add(size));
    }

    /** The first value whose cumulative probability is above a fraction of the whole. */
    private static int place(double[] cumulative, int from, int to, double uniform) {
      double sought = uniform * cumulative[to - 1];
      int found = Arrays.binarySearch(cumulative, from, to, sought);
      int place = found < 0 ? -found - 1 : found + 1;
      while (place < to - 1 && cumulative[place] <= sought) {
        place++;
      }
      return Math.min(place, to - 1) - from;
    }

    @Override
    public Multinomials map(UnaryOperator<NDArray> change) {
      return new Multinomials(change.apply(logits), total);
    }
  }
}
