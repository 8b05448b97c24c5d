package org.largevae.core.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.largevae.api.data.DataDescription;
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
 * {@value MarginalFit#LOG_VARIANCE_OF_A_CONSTANT}, the least that a Gaussian likelihood has by
 * default: its density would be infinite.
 */
public final class Baseline {
  /** So many values are taken out of the examples at once. */
  private static final int VALUES_AT_ONCE = 1 << 20;

  private final List<Marginal> columns;

  private Baseline(List<Marginal> columns) {
    this.columns = columns;
  }

  /**
   * Fits the distributions, reading the examples twice.
   *
   * @param data what the examples are made of
   * @param training what a model is trained on; binary values may be probabilities from which it
   *     draws, then their mean is fitted
   * @return empty if values are of a kind that does not come with the library and can be listed
   */
  public static Optional<Baseline> fit(DataDescription data, Examples training) {
    List<MarginalFit> fits = new ArrayList<>();
    for (int column = 0; column < data.dimensions(); column++) {
      Optional<MarginalFit> fit = MarginalFit.of(data.kind(column));
      if (fit.isEmpty()) {
        return Optional.empty();
      }
      fits.add(fit.get());
    }
    eachColumn(training, (column, values) -> fits.get(column).add(values));
    if (fits.stream().anyMatch(MarginalFit::isReadAgain)) {
      eachColumn(training, (column, values) -> fits.get(column).addAgain(values));
    }
    return Optional.of(new Baseline(fits.stream().map(MarginalFit::marginal).toList()));
  }

  /**
   * Its figures on other examples.
   *
   * @param examples at least one, of the same description; none of them drawn anew
   * @return the means over the examples
   */
  public BaselineResult on(Examples examples) {
    double[] logs = new double[columns.size()];
    eachColumn(
        examples, (column, values) -> logs[column] += columns.get(column).logDensity(values));
    double nats = 0;
    for (double log : logs) {
      nats -= log;
    }
    double nll = nats / examples.size();
    return new BaselineResult(nll, nll / (columns.size() * Math.log(2)));
  }

  /** Takes known values of a column. */
  private interface ColumnValues {
    void accept(int column, double[] values);
  }

  /** Gives the values that are known, column by column, of some examples at a time. */
  private static void eachColumn(Examples examples, ColumnValues consumer) {
    int dimensions = examples.dimensions();
    int atOnce = Math.min(Math.max(1, VALUES_AT_ONCE / dimensions), examples.size());
    double[][] values = new double[dimensions][atOnce];
    for (int from = 0; from < examples.size(); from += atOnce) {
      int[] known = new int[dimensions];
      for (int example = from; example < Math.min(from + atOnce, examples.size()); example++) {
        for (int column = 0; column < dimensions; column++) {
          if (examples.isObserved(example, column)) {
            values[column][known[column]++] = examples.value(example, column);
          }
        }
      }
      for (int column = 0; column < dimensions; column++) {
        if (known[column] > 0) {
          consumer.accept(column, Arrays.copyOf(values[column], known[column]));
        }
      }
    }
  }
}
