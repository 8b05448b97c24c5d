package org.largevae.runner.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.PartitionResult;

/** Draws many runs into one chart, a colour for each group. */
final class ComparisonCharts {
  private static final List<Color> COLORS =
      List.of(
          ChartStyle.BLUE,
          ChartStyle.VERMILLION,
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x555555));

  private static final List<BasicStroke> STROKES =
      List.of(ChartStyle.CURVE, ChartStyle.DASHED, ChartStyle.DOTTED);

  private static final List<Marker> MARKERS =
      List.of(SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP);

  private static final Color DIAGONAL = new Color(0xD3D7DC);
  private static final int HEIGHT = 1040;
  private static final int DIAGONALS = 10;

  /** Runs differ at their ends; the fall of the first epochs is alike in all. */
  private static final double TAIL = 0.2;

  private static final int MARKED_EPOCHS = 15;

  private final List<ComparisonData.RunGroup> groups;

  ComparisonCharts(List<ComparisonData.RunGroup> groups) {
    this.groups = groups;
  }

  /** The validation loss of every run, a curve each; empty if no value is finite. */
  Optional<Chart> validationLoss() {
    double[] losses =
        runs()
            .flatMap(run -> run.epochs().stream())
            .mapToDouble(EpochMetrics::validationLoss)
            .toArray();
    if (Arrays.stream(losses).noneMatch(Double::isFinite)) {
      return Optional.empty();
    }
    // no run is to be missing altogether
    double[] least =
        runs()
            .mapToDouble(
                run ->
                    run.epochs().stream()
                        .mapToDouble(EpochMetrics::validationLoss)
                        .filter(Double::isFinite)
                        .min()
                        .orElse(Double.NaN))
            .filter(Double::isFinite)
            .toArray();
    Outliers outliers = Outliers.of("value", losses, TAIL, losses.length, least);
    String yTitle = "-RE + KL, nats per example";
    XYChart chart = ChartStyle.epochChart("Validation loss per epoch", yTitle, height(), outliers);
    chart.getStyler().setLegendLayout(LegendLayout.Vertical);
    for (int index = 0; index < groups.size(); index++) {
      for (ComparisonData.ComparedRun run : groups.get(index).runs()) {
        if (run.epochs().stream().anyMatch(e -> Double.isFinite(e.validationLoss()))) {
          addCurve(chart, index, run);
        }
      }
    }
    return Optional.of(new Chart(List.of(chart), outliers.note()));
  }

  private void addCurve(XYChart chart, int index, ComparisonData.ComparedRun run) {
    double[] x = run.epochs().stream().mapToDouble(EpochMetrics::epoch).toArray();
    double[] y = run.epochs().stream().mapToDouble(EpochMetrics::validationLoss).toArray();
    String name = groups.get(index).name();
    boolean first = chart.getSeriesCollection().stream().noneMatch(s -> s.getLabel().equals(name));
    BasicStroke stroke = STROKES.get(index / COLORS.size() % STROKES.size());
    XYSeries series = ChartStyle.line(chart, index + ": " + run.name(), x, y, color(index), stroke);
    series.setLabel(name).setShowInLegend(first);
    if (x.length <= MARKED_EPOCHS) {
      series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color(index));
    }
  }

  /** Every run as a point of its rate KL and its distortion -RE on the test examples. */
  Optional<Chart> rateDistortion() {
    double[] rates = finite(runs().flatMap(run -> run.test().stream()).map(PartitionResult::kl));
    double[] distortions =
        finite(runs().flatMap(run -> run.test().stream()).map(test -> -test.reconstruction()));
    if (rates.length == 0 || distortions.length == 0) {
      return Optional.empty();
    }
    // both axes have one scale, so that a nat saved on one is seen to be a nat on the other
    double span = 1.4 * Math.max(span(rates), span(distortions));
    double x = start(rates, span);
    double y = start(distortions, span);
    String title = "Rate and distortion on the test examples";
    XYChart chart = ChartStyle.chart(title, "rate: KL, nats", "distortion: -RE, nats", height());
    chart.getStyler().setLegendLayout(LegendLayout.Vertical);
    chart.getStyler().setXAxisMin(x).setXAxisMax(x + span).setYAxisMin(y).setYAxisMax(y + span);
    chart.getStyler().setPlotContentSize(1).setMarkerSize(22);
    chart.getStyler().setAnnotationTextFont(ChartStyle.font(Font.PLAIN, 24));
    chart.getStyler().setAnnotationTextFontColor(ChartStyle.SOFT_INK);
    addDiagonals(chart, x, y, span);
    for (int index = 0; index < groups.size(); index++) {
      addPoints(chart, groups.get(index), index);
    }
    return Optional.of(new Chart(List.of(chart), ""));
  }

  private static void addPoints(XYChart chart, ComparisonData.RunGroup group, int index) {
    List<PartitionResult> tests = group.runs().stream().flatMap(r -> r.test().stream()).toList();
    if (!tests.isEmpty()) {
      double[] x = tests.stream().mapToDouble(PartitionResult::kl).toArray();
      double[] y = tests.stream().mapToDouble(test -> -test.reconstruction()).toArray();
      chart
          .addSeries(index + ": " + group.name(), x, y)
          .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
          .setMarker(MARKERS.get(index / COLORS.size() % MARKERS.size()))
          .setMarkerColor(color(index))
          .setLabel(group.name());
    }
  }

  /** Along x + y = c the ELBO is -c; XChart cuts the lines off at the plot's edges. */
  private static void addDiagonals(XYChart chart, double left, double bottom, double span) {
    double step = roundStep(2 * span / DIAGONALS);
    double first = Math.ceil((left + bottom) / step) * step;
    for (double sum = first; sum <= left + bottom + 2 * span; sum += step) {
      String name = "ELBO " + Numbers.onScale(-sum, step);
      double[] xs = {left, left + span};
      double[] ys = {sum - left, sum - left - span};
      ChartStyle.line(chart, name, xs, ys, DIAGONAL, ChartStyle.CURVE)
          .setLabel("equal ELBO")
          .setShowInLegend(sum == first);
      // where the line crosses the way from the lower left corner to the upper right
      double middle = (sum - left - bottom) / 2;
      if (middle > 0.06 * span && middle < 0.94 * span) {
        chart.addAnnotation(new AnnotationText(name, left + middle, bottom + middle, false));
      }
    }
  }

  /** The next of 1, 2 or 5 times a power of ten. */
  private static double roundStep(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  /** Wide enough for a single point, or points that are alike, to have room around them. */
  private static double span(double[] sorted) {
    double greatest = sorted[sorted.length - 1];
    double span = greatest - sorted[0];
    return span > 0 ? span : Math.max(Math.abs(greatest) * 0.1, 2e-3);
  }

  private static double start(double[] sorted, double span) {
    double low = (sorted[0] + sorted[sorted.length - 1] - span) / 2;
    // neither KL nor, for most data, -RE is negative: room below 0 would stay empty
    return sorted[0] >= 0 ? Math.max(low, -0.04 * span) : low;
  }

  private int height() {
    return HEIGHT + (groups.size() + 1) * ChartStyle.LEGEND_LINE;
  }

  private Stream<ComparisonData.ComparedRun> runs() {
    return groups.stream().flatMap(group -> group.runs().stream());
  }

  private static double[] finite(Stream<Double> values) {
    return values.mapToDouble(value -> value).filter(Double::isFinite).sorted().toArray();
  }

  private static Color color(int index) {
    return COLORS.get(index % COLORS.size());
  }
}
