package org.largevae.core.evaluation;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;

/** Fits the distribution of one value to examples that come in parts. */
interface MarginalFit {
  /** The least that a Gaussian likelihood has by default. */
  double LOG_VARIANCE_OF_A_CONSTANT = -6;

  /** Takes some values in the first pass over the examples. */
  void add(double[] values);

  /** Whether there is to be a second pass. */
  default boolean isReadAgain() {
    return false;
  }

  /** Takes some values in the second pass, which has the same values as the first. */
  default void addAgain(double[] values) {}

  /** The distribution, after all passes. */
  Marginal marginal();

  /**
   * A fit that has seen nothing.
   *
   * @return empty for a kind that does not come with the library and can be listed
   */
  static Optional<MarginalFit> of(ValueKind kind) {
    if (kind.equals(ValueKinds.BINARY)) {
      return Optional.of(new Ones());
    } else if (kind.equals(ValueKinds.GREY_LEVEL)) {
      return Optional.of(new Frequencies(Frequencies.GREY_LEVELS, Frequencies.GREY_LEVELS));
    } else if (kind instanceof ValueKinds.Category || kind instanceof ValueKinds.Ordinal) {
      return Optional.of(new Frequencies(1, (int) kind.highest() + 1));
    } else if (kind.equals(ValueKinds.COUNT)) {
      return Optional.of(new Moments(DoubleUnaryOperator.identity(), CountMarginal::of, 1));
    } else if (kind.equals(ValueKinds.POSITIVE)) {
      return Optional.of(new Moments(Math::log, MarginalFit::logNormal));
    }
    return kind.isDiscrete()
        ? Optional.empty()
        : Optional.of(new Moments(DoubleUnaryOperator.identity(), MarginalFit::gaussian));
  }

  private static Marginal frequencies(double[] counts, int scale) {
    double total = Arrays.stream(counts).sum() + counts.length;
    double[] logs = Arrays.stream(counts).map(count -> Math.log((count + 1) / total)).toArray();
    return values -> Arrays.stream(values).map(value -> logs[(int) (value * scale)]).sum();
  }

  private static Marginal gaussian(double mean, double found) {
    // relative to the mean: what float32 can hardly tell apart
    double same = 1e-6;
    double variance =
        found > same * mean * same * mean ? found : Math.exp(LOG_VARIANCE_OF_A_CONSTANT);
    double constant = Math.log(2 * Math.PI * variance);
    return values ->
        -0.5
            * Arrays.stream(values)
                .map(value -> constant + (value - mean) * (value - mean) / variance)
                .sum();
  }

  private static Marginal logNormal(double mean, double variance) {
    Marginal logs = gaussian(mean, variance);
    return values -> {
      double[] each = Arrays.stream(values).map(Math::log).toArray();
      return logs.logDensity(each) - Arrays.stream(each).sum();
    };
  }

  /** Of binary values, or of probabilities of a 1. */
  final class Ones implements MarginalFit {
    private final DoubleSummaryStatistics sum = new DoubleSummaryStatistics();

    @Override
    public void add(double[] values) {
      Arrays.stream(values).forEach(sum);
    }

    @Override
    public Marginal marginal() {
      return frequencies(new double[] {sum.getCount() - sum.getSum(), sum.getSum()}, 1);
    }
  }

  /** How often each of some equal parts of the scale occurs: {@code scale} parts in one unit. */
  final class Frequencies implements MarginalFit {
    private static final int GREY_LEVELS = 256;

    private final int scale;
    private final double[] counts;

    Frequencies(int scale, int parts) {
      this.scale = scale;
      this.counts = new double[parts];
    }

    @Override
    public void add(double[] values) {
      for (double value : values) {
        counts[(int) (value * scale)]++;
      }
    }

    @Override
    public Marginal marginal() {
      return frequencies(counts, scale);
    }
  }

  /** Mean and variance, of the values or of a function of them. */
  final class Moments implements MarginalFit {
    private final DoubleUnaryOperator function;
    private final Family family;
    private final double[] further;
    private final DoubleSummaryStatistics sum = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics squares = new DoubleSummaryStatistics();

    /** Distributions that mean and variance choose from. */
    interface Family {
      Marginal of(double mean, double variance);
    }

    /** With values that are taken in besides those of the examples. */
    Moments(DoubleUnaryOperator function, Family family, double... further) {
      this.function = function;
      this.family = family;
      this.further = further;
      add(further);
    }

    @Override
    public void add(double[] values) {
      Arrays.stream(values).map(function).forEach(sum);
    }

    @Override
    public boolean isReadAgain() {
      return true;
    }

    @Override
    public void addAgain(double[] values) {
      double mean = sum.getAverage();
      Arrays.stream(values)
          .map(function)
          .map(value -> (value - mean) * (value - mean))
          .forEach(squares);
    }

    @Override
    public Marginal marginal() {
      addAgain(further);
      return family.of(sum.getAverage(), squares.getAverage());
    }
  }
}
