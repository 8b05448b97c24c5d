package org.largevae.runner.sweep;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.largevae.core.results.BaselineResult;
import org.largevae.core.results.Fidelity;
import org.largevae.core.results.NormaliserResult;
import org.largevae.core.results.Results;
import org.largevae.core.results.SampleResult;
import org.largevae.runner.report.FixedDecimals;
import org.largevae.runner.report.LikelihoodKind;

/** What tables show of a member's results. */
public enum Measure {
  /** The negative log-likelihood of the test examples, in nats. */
  NLL("-log p(x), nats", 2, results -> results.test().nll()),
  /** The same with the prior's estimated normaliser at its upper end, in nats. */
  PESSIMISTIC_NLL("pessimistic, nats", 2, Measure::pessimistic),
  /** The negative log-likelihood of the baseline, in nats. */
  BASELINE("baseline, nats", 2, results -> baseline(results, BaselineResult::nll)),
  /** The model's for each value, in bits. */
  BITS_PER_DIMENSION("bits/dim", 4, results -> results.test().bitsPerDim()),
  /** The baseline's for each value, in bits. */
  BASELINE_BITS_PER_DIMENSION(
      "baseline, bits/dim", 4, results -> baseline(results, BaselineResult::bitsPerDim)),
  /** The evidence lower bound, in nats. */
  ELBO("ELBO, nats", 2, results -> results.test().elbo()),
  /** The distortion -RE, in nats. */
  DISTORTION("-RE, nats", 2, results -> -results.test().reconstruction()),
  /** The rate KL, in nats. */
  RATE("KL, nats", 2, results -> results.test().kl()),
  /** Latents that vary with the example. */
  ACTIVE_UNITS("active units", 1, results -> orNan(results.test().activeUnits())),
  /** The importance samples that count, the median over the test examples. */
  EFFECTIVE_SAMPLE_SIZE("ESS", 1, results -> results.test().effectiveSampleSize()),
  /** The share of test examples near which the model draws. */
  COVERAGE("coverage", 3, results -> coverage(results, SampleResult::drawn)),
  /** The same of the means of p(x|z). */
  COVERAGE_OF_MEANS("coverage, means", 3, results -> coverage(results, SampleResult::means)),
  /** The same of training examples in the place of draws. */
  COVERAGE_OF_TRAINING(
      "coverage, training data", 3, results -> coverage(results, SampleResult::training)),
  /** The time of a training step, validation included. */
  MILLISECONDS_PER_STEP("ms/step", 1, results -> 1000 * orNan(results.train().secondsPerStep())),
  /** The time to draw 1,000 examples. */
  SECONDS_PER_THOUSAND_SAMPLES(
      "s/1,000 samples",
      3,
      results -> results.samples() == null ? Double.NaN : results.samples().secondsPerThousand()),
  /** The epoch whose weights were evaluated. */
  BEST_EPOCH("best epoch", 0, Results::bestEpoch);

  private final String heading;
  private final int decimals;
  private final ToDoubleFunction<Results> reader;

  Measure(String heading, int decimals, ToDoubleFunction<Results> reader) {
    this.heading = heading;
    this.decimals = decimals;
    this.reader = reader;
  }

  private static double baseline(Results results, ToDoubleFunction<BaselineResult> value) {
    BaselineResult baseline = results.test().baseline();
    return baseline == null ? Double.NaN : value.applyAsDouble(baseline);
  }

  private static double pessimistic(Results results) {
    NormaliserResult normaliser = results.test().normaliser();
    return normaliser == null ? Double.NaN : normaliser.pessimisticNll();
  }

  private static double coverage(Results results, Function<SampleResult, Fidelity> part) {
    return Optional.ofNullable(results.samples())
        .map(part)
        .map(Fidelity::coverage)
        .orElse(Double.NaN);
  }

  private static double orNan(Number number) {
    return number == null ? Double.NaN : number.doubleValue();
  }

  /**
   * Its name above a column.
   *
   * @return the name, with the unit
   */
  public String heading() {
    return heading;
  }

  /**
   * What stands in front of its values where they are bounds or estimates.
   *
   * @param results of members
   * @return nothing for exact values, and for what is no likelihood
   */
  public String mark(List<Results> results) {
    boolean likelihood = this == NLL || this == BITS_PER_DIMENSION;
    return results.stream()
        .filter(any -> likelihood)
        .map(result -> LikelihoodKind.of(result.test()))
        .max(Comparator.naturalOrder())
        .map(LikelihoodKind::mark)
        .orElse("");
  }

  /**
   * Reads it.
   *
   * @param results of a member
   * @return its value; NaN where it is not known
   */
  public double of(Results results) {
    return reader.applyAsDouble(results);
  }

  /**
   * Whether there is a value.
   *
   * @param results of a member
   * @return false where it is not known
   */
  public boolean isKnown(Results results) {
    return !Double.isNaN(of(results));
  }

  /**
   * Writes a value with as many decimals as are worth reading.
   *
   * @param value the value
   * @return text
   */
  public String show(double value) {
    return FixedDecimals.of(Double.isNaN(value) ? null : value, decimals);
  }

  /**
   * Writes a difference of two values, with its sign.
   *
   * @param difference the difference
   * @return text
   */
  public String showDifference(double difference) {
    return (difference >= 0 ? "+" : "") + show(difference);
  }

  /**
   * Writes a mean and its spread.
   *
   * @param spread of members that differ in their seed
   * @return for example {@code 4.5312 +- 0.0042}; {@code -} where there is no value
   */
  public String show(Spread spread) {
    if (Double.isNaN(spread.mean())) {
      return "-";
    }
    return spread.count() == 1
        ? show(spread.mean())
        : show(spread.mean()) + " \u00b1 " + show(spread.standardDeviation());
  }
}
