package org.largevae.runner.report;

import java.util.Arrays;

/**
 * What a chart leaves out. Far outliers, as in the first epochs of a loss, would press everything
 * else into a line; then the axis ends before them, and the note says so.
 *
 * @param low below this values are left out; negative infinity if none is
 * @param high above this values are left out; infinity if none is
 * @param note what is left out and what is not finite, a clause without a full stop; may be empty
 */
record Outliers(double low, double high, String note) {
  private static final double PADDING = 0.06;

  /**
   * Finds the values that lie far from the bulk. A side is cut only if what lies there would take
   * as much room as the bulk itself.
   *
   * @param what the singular name of a value, for example {@code value}
   * @param values any, in nats
   * @param tail the share of the values at each end that may be left out, for example 0.02
   * @param most how many values at each end may be left out at the most
   * @param required values that must be shown, finite
   * @return what to leave out
   */
  static Outliers of(String what, double[] values, double tail, int most, double... required) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return new Outliers(
          Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "no " + what + " is finite");
    }
    int last = sorted.length - 1;
    // of few values one at each end may still be an outlier; of very few, none
    int cut = Math.max(sorted.length < 20 ? 0 : 1, (int) Math.min(most, tail * sorted.length));
    double bulkLow = sorted[cut];
    double bulkHigh = sorted[last - cut];
    double bulk = bulkHigh - bulkLow;
    boolean cutsLow = bulk > 0 && bulkLow - sorted[0] > bulk;
    boolean cutsHigh = bulk > 0 && sorted[last] - bulkHigh > bulk;
    double shownLow = cutsLow ? bulkLow : sorted[0];
    double shownHigh = cutsHigh ? bulkHigh : sorted[last];
    double padding = PADDING * (shownHigh - shownLow);
    double least = Arrays.stream(required).reduce(shownLow, Math::min) - padding;
    double greatest = Arrays.stream(required).reduce(shownHigh, Math::max) + padding;
    double low = cutsLow ? least : Double.NEGATIVE_INFINITY;
    double high = cutsHigh ? greatest : Double.POSITIVE_INFINITY;
    return new Outliers(low, high, note(what, values.length, sorted, low, high));
  }

  boolean include(double value) {
    return value < low || value > high;
  }

  private static String note(String what, int all, double[] sorted, double low, double high) {
    long below = Arrays.stream(sorted).filter(value -> value < low).count();
    long above = Arrays.stream(sorted).filter(value -> value > high).count();
    String note = "";
    if (below + above > 0) {
      String least = Numbers.nats(sorted[0]);
      String greatest = Numbers.nats(sorted[sorted.length - 1]);
      String reach =
          below == 0
              ? "up to " + greatest
              : above == 0 ? "down to " + least : "from " + least + " to " + greatest;
      String total = Numbers.count(sorted.length, what);
      note = Numbers.count(below + above) + " of " + total + " beyond the axis, " + reach + " nats";
    }
    int gaps = all - sorted.length;
    if (gaps > 0) {
      String verb = gaps == 1 ? " is" : " are";
      note += (note.isEmpty() ? "" : "; ") + Numbers.count(gaps, what) + verb + " not finite";
    }
    return note;
  }
}
