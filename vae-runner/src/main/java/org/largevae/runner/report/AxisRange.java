package org.largevae.runner.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What part of an axis a chart shows. Far outliers, as in the first epochs of a loss, would press
 * everything else into a line; then the axis is cut, and the counts say so.
 *
 * @param low the axis' lower end
 * @param high the axis' upper end
 * @param below how many values lie below it
 * @param above how many values lie above it
 * @param least the least of all values
 * @param greatest the greatest of all values
 */
record AxisRange(double low, double high, int below, int above, double least, double greatest) {

  private static final double PADDING = 0.06;

  /**
   * A range that shows the bulk of the values, and all of them where that costs little.
   *
   * @param values any; those that are not finite are passed over
   * @param tail the share of the values at each end that may be cut off, for example 0.02
   * @param most how many values at each end may be cut off at the most
   * @return empty if no value is finite
   */
  static Optional<AxisRange> of(double[] values, double tail, int most) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return Optional.empty();
    }
    int last = sorted.length - 1;
    // Of few values one at each end may still be an outlier; of very few, none.
    int cut = Math.max(sorted.length < 20 ? 0 : 1, (int) Math.min(most, tail * sorted.length));
    double least = sorted[0];
    double greatest = sorted[last];
    double bulkLow = sorted[cut];
    double bulkHigh = sorted[last - cut];
    double bulk = bulkHigh - bulkLow;
    // A side is cut only if what lies there would take as much room as the bulk itself.
    double low = bulkLow - least > bulk && bulk > 0 ? bulkLow : least;
    double high = greatest - bulkHigh > bulk && bulk > 0 ? bulkHigh : greatest;
    double padding = PADDING * (high - low);
    if (padding <= 0) {
      padding = Math.max(Math.abs(high) * 0.05, 1e-3);
    }
    return Optional.of(counted(low - padding, high + padding, sorted, least, greatest));
  }

  /**
   * This range, as much wider as it takes to show some of its values.
   *
   * @param values those that it was made for
   * @param shown must be within, finite
   * @return with the values beyond it counted anew
   */
  AxisRange showing(double[] values, double[] shown) {
    double padding = PADDING * (high - low);
    double axisLow = low;
    double axisHigh = high;
    for (double value : shown) {
      axisLow = value < low ? Math.min(axisLow, value - padding) : axisLow;
      axisHigh = value > high ? Math.max(axisHigh, value + padding) : axisHigh;
    }
    return counted(axisLow, axisHigh, values, least, greatest);
  }

  private static AxisRange counted(
      double low, double high, double[] values, double least, double greatest) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    int below = (int) Arrays.stream(finite).filter(value -> value < low).count();
    int above = (int) Arrays.stream(finite).filter(value -> value > high).count();
    return new AxisRange(low, high, below, above, least, greatest);
  }

  /** A range that leaves nothing out, from {@code low} to {@code high} without padding. */
  static AxisRange exactly(double low, double high) {
    return new AxisRange(low, high, 0, 0, low, high);
  }

  boolean contains(double value) {
    return value >= low && value <= high;
  }

  /**
   * Says what the axis leaves out.
   *
   * @param what the singular name of the values, for example {@code value}
   * @param total how many there are, those beyond the axis included
   * @return empty text if all values are within, otherwise for example {@code 7 of 1,660 values
   *     beyond the axis: up to 541.20}
   */
  String note(String what, long total) {
    if (below + above == 0) {
      return "";
    }
    String reach =
        below == 0
            ? "up to " + Numbers.nats(greatest)
            : above == 0
                ? "down to " + Numbers.nats(least)
                : "from " + Numbers.nats(least) + " to " + Numbers.nats(greatest);
    return String.format(
        Locale.ROOT,
        "%s of %s beyond the axis, %s nats",
        Numbers.count(below + above),
        Numbers.count(total, what),
        reach);
  }
}
