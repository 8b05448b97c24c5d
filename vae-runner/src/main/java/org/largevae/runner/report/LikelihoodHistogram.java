package org.largevae.runner.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.Histogram;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/**
 * The histogram of -log p(x) over the test examples.
 *
 * @param bins of equal width, in nats; far outliers are in none
 * @param outliers what the axis leaves out
 * @param examples how many have a finite value
 */
record LikelihoodHistogram(Histogram bins, Outliers outliers, int examples) {
  private static final int HEIGHT = 940;
  private static final double TAIL = 0.005;
  private static final int MIN_BINS = 8;
  private static final int MAX_BINS = 60;

  /**
   * Sorts examples into bins, whose width follows from the quartiles (Freedman and Diaconis 1981).
   *
   * @param negativeLogLikelihoods in nats
   * @return empty if no value is finite
   */
  static Optional<LikelihoodHistogram> of(double[] negativeLogLikelihoods) {
    Outliers outliers =
        Outliers.of("example", negativeLogLikelihoods, TAIL, negativeLogLikelihoods.length);
    double[] sorted =
        Arrays.stream(negativeLogLikelihoods).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return Optional.empty();
    }
    List<Double> shown =
        Arrays.stream(sorted).filter(value -> !outliers.include(value)).boxed().toList();
    double low = shown.get(0);
    double high = shown.get(shown.size() - 1);
    Histogram bins =
        high > low
            ? new Histogram(shown, bins(shown, high - low), low, high)
            // all equal: one bin around the value
            : new Histogram(shown, 1, low - 0.5, high + 0.5);
    return Optional.of(new LikelihoodHistogram(bins, outliers, sorted.length));
  }

  private static int bins(List<Double> sorted, double span) {
    int size = sorted.size();
    double width = 2 * (sorted.get(size * 3 / 4) - sorted.get(size / 4)) / Math.cbrt(size);
    double bins = width > 0 ? Math.ceil(span / width) : MIN_BINS;
    return (int) Math.max(MIN_BINS, Math.min(MAX_BINS, bins));
  }

  double binWidth() {
    return (bins.getMax() - bins.getMin()) / bins.getNumBins();
  }

  /**
   * Draws it.
   *
   * @param mean the mean as reported, in nats; marked where the axis holds it
   * @param kind what the values are
   * @return the chart
   */
  Chart chart(double mean, LikelihoodKind kind) {
    String note = outliers.note();
    String measure = kind.label().replace('\u2212', '-');
    String xTitle = measure + ", nats per example" + (note.isEmpty() ? "" : " (" + note + ")");
    String title =
        kind == LikelihoodKind.EXACT ? "Test likelihood by example" : "Test examples by " + measure;
    XYChart chart = ChartStyle.chart(title, xTitle, "test examples", HEIGHT);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisDecimalPattern("#,##0");
    String text =
        String.format(
            Locale.ROOT,
            "%s in bins of %s nats",
            Numbers.count(examples, "test example"),
            Numbers.rough(binWidth()));
    int count = bins.getNumBins();
    double[] edges = new double[count + 2];
    double[] heights = new double[count + 2];
    edges[0] = bins.getMin();
    for (int bin = 0; bin < count; bin++) {
      heights[bin + 1] = bins.getyAxisData().get(bin);
      edges[bin + 1] = bins.getMin() + bin * binWidth();
    }
    edges[count + 1] = bins.getMax();
    ChartStyle.line(chart, text, edges, heights, ChartStyle.BLUE, ChartStyle.CURVE)
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea)
        .setFillColor(ChartStyle.SKY_BLUE);
    if (Double.isFinite(mean)) {
      boolean shown = mean >= bins.getMin() && mean <= bins.getMax();
      double[] x = {shown ? mean : Double.NaN, shown ? mean : Double.NaN};
      double[] y = {0, Arrays.stream(heights).max().orElseThrow()};
      String name =
          "mean: "
              + kind.mark()
              + Numbers.nats(mean)
              + (shown ? " nats" : " nats, beyond the axis");
      ChartStyle.line(chart, name, x, y, ChartStyle.VERMILLION, ChartStyle.DASHED);
    }
    return new Chart(List.of(chart), note);
  }
}
