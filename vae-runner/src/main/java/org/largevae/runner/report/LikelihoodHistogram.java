package org.largevae.runner.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/**
 * The histogram of -log p(x) over the test examples.
 *
 * @param edges of the bins, in nats, one more than bins
 * @param counts examples in each bin
 * @param axis what the x axis shows; examples beyond it are in no bin
 * @param examples how many have a finite value
 * @param notFinite how many have not
 */
record LikelihoodHistogram(
    double[] edges, int[] counts, AxisRange axis, int examples, int notFinite) {

  private static final int HEIGHT = 380;
  private static final double TAIL = 0.005;
  private static final int MIN_BINS = 8;
  private static final int MAX_BINS = 60;

  /**
   * Sorts examples into bins of equal width, which follows from their quartiles (Freedman and
   * Diaconis 1981).
   *
   * @param negativeLogLikelihoods in nats
   * @return empty if no value is finite
   */
  static Optional<LikelihoodHistogram> of(double[] negativeLogLikelihoods) {
    double[] sorted =
        Arrays.stream(negativeLogLikelihoods).filter(Double::isFinite).sorted().toArray();
    int notFinite = negativeLogLikelihoods.length - sorted.length;
    return AxisRange.of(sorted, TAIL, sorted.length).map(axis -> of(sorted, axis, notFinite));
  }

  private static LikelihoodHistogram of(double[] sorted, AxisRange axis, int notFinite) {
    double[] within = Arrays.stream(sorted).filter(axis::contains).toArray();
    double low = within[0];
    double span = within[within.length - 1] - low;
    int bins = bins(within, span);
    if (span <= 0) {
      // All equal: one bin around the value, half as wide as the axis.
      span = (axis.high() - axis.low()) / 2;
      low -= span / 2;
    }
    double[] edges = new double[bins + 1];
    for (int edge = 0; edge <= bins; edge++) {
      edges[edge] = low + span * edge / bins;
    }
    int[] counts = new int[bins];
    for (double value : within) {
      counts[Math.min(bins - 1, (int) ((value - low) / span * bins))]++;
    }
    return new LikelihoodHistogram(edges, counts, axis, sorted.length, notFinite);
  }

  private static int bins(double[] sorted, double span) {
    if (span <= 0) {
      return 1;
    }
    double quartiles = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
    double width = 2 * quartiles / Math.cbrt(sorted.length);
    double bins = width > 0 ? Math.ceil(span / width) : MIN_BINS;
    return (int) Math.max(MIN_BINS, Math.min(MAX_BINS, bins));
  }

  /**
   * Draws it.
   *
   * @param mean the mean as reported, in nats; marked where the axis holds it
   * @return the chart
   */
  Chart chart(double mean) {
    XYChart chart = ChartStyle.chart("-log p(x), nats per example", "test examples", HEIGHT);
    AxisRange y = AxisRange.exactly(0, Arrays.stream(counts).max().orElseThrow() * 1.08);
    ChartStyle.setAxes(chart, axis, y);
    chart.getStyler().setYAxisDecimalPattern("#,##0");
    ChartStyle.line(chart, "examples", outlineX(), outlineY(), ChartStyle.BLUE, ChartStyle.CURVE)
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Area)
        .setFillColor(ChartStyle.SKY_BLUE);
    List<ChartSheet.Entry> legend = new ArrayList<>();
    String text =
        String.format(
            Locale.ROOT,
            "%s in bins of %s nats",
            Numbers.count(examples, "test example"),
            Numbers.rough(edges[1] - edges[0]));
    legend.add(new ChartSheet.Entry(text, ChartStyle.BLUE, ChartStyle.CURVE));
    if (Double.isFinite(mean)) {
      boolean shown = axis.contains(mean);
      if (shown) {
        ChartStyle.verticalLine(chart, "mean", mean, y, ChartStyle.VERMILLION, ChartStyle.DASHED);
      }
      String name = "mean: " + Numbers.nats(mean) + (shown ? " nats" : " nats, beyond the axis");
      legend.add(new ChartSheet.Entry(name, ChartStyle.VERMILLION, ChartStyle.DASHED));
    }
    ChartSheet.Panel panel = new ChartSheet.Panel("Test likelihood by example", note(), chart);
    return new Chart(new ChartSheet(List.of(panel), legend).draw(), panel.note());
  }

  private String note() {
    String beyond = axis.note("example", examples);
    if (notFinite == 0) {
      return beyond;
    }
    String gaps = Numbers.count(notFinite, "more example") + " without a finite value";
    return beyond.isEmpty() ? gaps : beyond + "; " + gaps;
  }

  private double[] outlineX() {
    double[] x = new double[2 * edges.length];
    for (int edge = 0; edge < edges.length; edge++) {
      x[2 * edge] = edges[edge];
      x[2 * edge + 1] = edges[edge];
    }
    return x;
  }

  private double[] outlineY() {
    double[] y = new double[2 * edges.length];
    for (int bin = 0; bin < counts.length; bin++) {
      y[2 * bin + 1] = counts[bin];
      y[2 * bin + 2] = counts[bin];
    }
    return y;
  }
}
