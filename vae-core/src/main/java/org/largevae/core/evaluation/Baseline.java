package org.largevae.core.evaluation;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Optional;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.core.preparation.Examples;
import org.largevae.core.results.BaselineResult;

/**
 * What a model has to beat: each column of a table, or each pixel, by its own distribution over the
 * training examples, independent of all others. Values that are missing do not count, neither when
 * it is fitted nor when it is evaluated.
 *
 * <p>Values that can be listed have their frequencies with one added to each (Laplace's rule),
 * counts a negative binomial by moments, real values a Gaussian and positive ones a log-normal by
 * maximum likelihood. A column that is the same in all training examples has the log variance
 * {@value #LOG_VARIANCE_OF_A_CONSTANT}, the least that a Gaussian likelihood has by default: its
 * density would be infinite.
 */
public final class Baseline {
  private static final double LOG_VARIANCE_OF_A_CONSTANT = -6;

  /** Relative to the mean: what float32 can hardly tell apart. */
  private static final double SAME = 1e-6;

  private static final int GREY_LEVELS = 256;

  private final Marginal[] columns;

  private Baseline(Marginal[] columns) {
    this.columns = columns;
  }

  /**
   * Fits the distributions.
   *
   * @param data what the examples are made of
   * @param training what a model is trained on; binary values may be probabilities from which it
   *     draws, then their mean is fitted
   * @return empty if values are of a kind that does not come with the library and can be listed
   */
  public static Optional<Baseline> fit(DataDescription data, Examples training) {
    Marginal[] columns = new Marginal[data.dimensions()];
    for (int column = 0; column < columns.length; column++) {
      Optional<Marginal> marginal = marginal(data.kind(column), values(training, column));
      if (marginal.isEmpty()) {
        return Optional.empty();
      }
      columns[column] = marginal.get();
    }
    return Optional.of(new Baseline(columns));
  }

  /**
   * Its figures on other examples.
   *
   * @param examples at least one, of the same description; none of them drawn anew
   * @return the means over the examples
   */
  public BaselineResult on(Examples examples) {
    double nats = 0;
    for (int column = 0; column < columns.length; column++) {
      nats -= columns[column].logDensity(values(examples, column));
    }
    double nll = nats / examples.size();
    return new BaselineResult(nll, nll / (columns.length * Math.log(2)));
  }

  /** The values of a column that are known. */
  private static double[] values(Examples examples, int column) {
    double[] values = new double[examples.size()];
    int known = 0;
    for (int row = 0; row < values.length; row++) {
      int place = row * examples.dimensions() + column;
      if (examples.observed().isEmpty() || examples.observed().get()[place] != 0) {
        values[known++] = examples.values()[place];
      }
    }
    return Arrays.copyOf(values, known);
  }

  /** The distribution of one value. */
  private interface Marginal {
    /** The sum over some values of the log of their probability or density. */
    double logDensity(double[] values);
  }

  private static Optional<Marginal> marginal(ValueKind kind, double[] training) {
    if (kind.equals(ValueKinds.BINARY)) {
      double ones = Arrays.stream(training).sum();
      return Optional.of(frequencies(new double[] {training.length - ones, ones}, 1));
    } else if (kind.equals(ValueKinds.GREY_LEVEL)) {
      return Optional.of(frequencies(counts(training, GREY_LEVELS, GREY_LEVELS), GREY_LEVELS));
    } else if (kind instanceof ValueKinds.Category || kind instanceof ValueKinds.Ordinal) {
      return Optional.of(frequencies(counts(training, 1, (int) kind.highest() + 1), 1));
    } else if (kind.equals(ValueKinds.COUNT)) {
      return Optional.of(CountMarginal.fit(training));
    } else if (kind.equals(ValueKinds.POSITIVE)) {
      return Optional.of(logNormal(training));
    }
    return kind.isDiscrete() ? Optional.empty() : Optional.of(gaussian(training));
  }

  /** How often each of some equal parts of the scale occurs: {@code scale} parts in one unit. */
  private static double[] counts(double[] values, int scale, int parts) {
    double[] counts = new double[parts];
    for (double value : values) {
      counts[(int) (value * scale)]++;
    }
    return counts;
  }

  private static Marginal frequencies(double[] counts, int scale) {
    double total = Arrays.stream(counts).sum() + counts.length;
    double[] logs = Arrays.stream(counts).map(count -> Math.log((count + 1) / total)).toArray();
    return values -> Arrays.stream(values).map(value -> logs[(int) (value * scale)]).sum();
  }

  private static Marginal gaussian(double[] training) {
    double mean = Arrays.stream(training).average().orElse(0);
    double found = variance(training, mean);
    double variance =
        found > SAME * mean * SAME * mean ? found : Math.exp(LOG_VARIANCE_OF_A_CONSTANT);
    double constant = Math.log(2 * Math.PI * variance);
    return values ->
        -0.5
            * Arrays.stream(values)
                .map(value -> constant + (value - mean) * (value - mean) / variance)
                .sum();
  }

  private static Marginal logNormal(double[] training) {
    Marginal logs = gaussian(Arrays.stream(training).map(Math::log).toArray());
    return values -> {
      double[] each = Arrays.stream(values).map(Math::log).toArray();
      return logs.logDensity(each) - Arrays.stream(each).sum();
    };
  }

  private static double variance(double[] values, double mean) {
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
  }

  /**
   * {@code P(k) = Gamma(k + r) / (Gamma(r) k!) (r / (r + m))^r (m / (r + m))^k}, with mean m and
   * variance m + m^2 / r.
   */
  private record CountMarginal(double mean, double size) implements Marginal {
    /** Beyond it a Poisson distribution in all digits. */
    private static final double LARGEST = 1e6;

    /** As if one more 1 had been counted, so that no count is impossible. */
    static CountMarginal fit(double[] training) {
      double[] counts = Arrays.copyOf(training, training.length + 1);
      counts[training.length] = 1;
      double mean = Arrays.stream(counts).average().orElseThrow();
      double size = mean * mean / (variance(counts, mean) - mean);
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
}
