package org.largevae.core.evaluation;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.core.data.ResidentExamples;

/**
 * A guess that knows of some examples only which values occur in them and how often, not where: a
 * model that does worse has learnt nothing. One distribution for all values of a kind, the observed
 * frequencies where values can be listed, a Gaussian elsewhere.
 */
final class Guess {
  private Guess() {}

  /**
   * The guess's mean -log p(x).
   *
   * @param data what the examples are made of
   * @param examples none of them drawn anew; missing values do not count
   * @return in nats for each example; negative infinity if all real values are the same
   */
  static double negativeLogLikelihood(DataDescription data, ResidentExamples examples) {
    Map<ValueKind, Frequencies> kinds = new HashMap<>();
    Frequencies[] columns = new Frequencies[data.dimensions()];
    Arrays.setAll(columns, i -> kinds.computeIfAbsent(data.kind(i), Frequencies::new));
    float[] observed = examples.observed().map(NDArray::toFloatArray).orElse(null);
    float[] values = examples.values().toFloatArray();
    for (int i = 0; i < values.length; i++) {
      if (observed == null || observed[i] != 0) {
        columns[i % columns.length].add(values[i]);
      }
    }
    return kinds.values().stream().mapToDouble(Frequencies::nats).sum() / examples.count();
  }

  /** All values of a kind. */
  private static final class Frequencies {
    private final boolean discrete;
    private final Map<Float, Integer> counts = new HashMap<>();
    private long count;
    private double mean;
    private double squares;

    Frequencies(ValueKind kind) {
      this.discrete = kind.isDiscrete();
    }

    /** For the variance of real values by Welford's recurrence (1962). */
    void add(float value) {
      count++;
      if (discrete) {
        counts.merge(value, 1, Integer::sum);
      } else {
        double difference = value - mean;
        mean += difference / count;
        squares += difference * (value - mean);
      }
    }

    /** The entropy of one value, times their number. */
    double nats() {
      if (count == 0) {
        return 0;
      }
      if (!discrete) {
        return 0.5 * count * Math.log(2 * Math.PI * Math.E * squares / count);
      }
      return counts.values().stream()
          .mapToDouble(times -> -times * Math.log((double) times / count))
          .sum();
    }
  }
}
