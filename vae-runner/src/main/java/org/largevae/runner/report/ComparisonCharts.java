package org.largevae.runner.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
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

  /** So wide a line is the legend's patch of colour. */
  private static final BasicStroke PATCH =
      new BasicStroke(9f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private static final Color DIAGONAL = new Color(0xD3D7DC);
  private static final int HEIGHT = 460;
  private static final int MARKER_SIZE = 11;
  private static final int DIAGONALS = 10;

  /** Runs are told apart at their ends; the fall of the first epochs is alike in all. */
  private static final double TAIL = 0.2;

  private static final int MOST_CUT = Integer.MAX_VALUE;
  private static final int MARKED_EPOCHS = 15;

  private final List<ComparisonData.Group> groups;

  ComparisonCharts(List<ComparisonData.Group> groups) {
    this.groups = groups;
  }

  /** The validation loss of every run, a curve each. */
  Optional<Chart> validationLoss() {
    double[] losses = values(EpochMetrics::validationLoss);
    // no run is to be missing altogether
    Optional<AxisRange> y =
        AxisRange.of(losses, TAIL, MOST_CUT).map(range -> range.showing(losses, leastLosses()));
    Optional<AxisRange> epochs = AxisRange.of(values(EpochMetrics::epoch), 0, 0);
    if (y.isEmpty() || epochs.isEmpty()) {
      return Optional.empty();
    }
    XYChart chart = ChartStyle.chart("epoch", "-RE + KL, nats per example", HEIGHT);
    double least = epochs.get().least();
    double greatest = epochs.get().greatest();
    double margin = Math.max(0.5, (greatest - least) * 0.01);
    ChartStyle.setAxes(chart, AxisRange.exactly(least - margin, greatest + margin), y.get());
    chart.getStyler().setXAxisDecimalPattern("#,##0");
    for (int index = 0; index < groups.size(); index++) {
      for (ComparisonData.Run run : groups.get(index).runs()) {
        if (!run.epochs().isEmpty()) {
          addCurve(chart, index + ": " + run.name(), run.epochs(), index);
        }
      }
    }
    String note = y.get().note("value", losses.length);
    ChartSheet.Panel panel = new ChartSheet.Panel("Validation loss per epoch", note, chart);
    return Optional.of(new Chart(new ChartSheet(List.of(panel), legend(true)).draw(), note));
  }

  /** Of each run that has one. */
  private double[] leastLosses() {
    return groups.stream()
        .flatMap(group -> group.runs().stream())
        .flatMap(
            run ->
                run.epochs().stream()
                    .map(EpochMetrics::validationLoss)
                    .filter(Double::isFinite)
                    .min(Double::compare)
                    .stream())
        .mapToDouble(loss -> loss)
        .toArray();
  }

  private static void addCurve(XYChart chart, String name, List<EpochMetrics> epochs, int index) {
    double[] x = epochs.stream().mapToDouble(EpochMetrics::epoch).toArray();
    // XChart leaves a gap at NaN, but cannot place infinity
    double[] y =
        epochs.stream()
            .mapToDouble(EpochMetrics::validationLoss)
            .map(value -> Double.isFinite(value) ? value : Double.NaN)
            .toArray();
    XYSeries series = ChartStyle.line(chart, name, x, y, color(index), stroke(index));
    if (epochs.size() <= MARKED_EPOCHS) {
      series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color(index));
    }
  }

  /** Every run as a point of its rate KL and its distortion -RE on the test examples. */
  Optional<Chart> rateDistortion() {
    Optional<AxisRange> rates = AxisRange.of(measured(PartitionResult::kl), 0, 0);
    Optional<AxisRange> distortions = AxisRange.of(measured(r -> -r.reconstruction()), 0, 0);
    if (rates.isEmpty() || distortions.isEmpty()) {
      return Optional.empty();
    }
    double span = 1.3 * Math.max(span(rates.get()), span(distortions.get()));
    AxisRange x = around(rates.get(), span);
    AxisRange y = around(distortions.get(), span);
    XYChart chart = ChartStyle.chart("rate: KL, nats", "distortion: -RE, nats", HEIGHT);
    ChartStyle.setAxes(chart, x, y);
    chart.getStyler().setMarkerSize(MARKER_SIZE);
    chart.getStyler().setAnnotationTextFont(ChartStyle.font(Font.PLAIN, 12));
    chart.getStyler().setAnnotationTextFontColor(ChartStyle.SOFT_INK);
    addDiagonals(chart, x, y);
    for (int index = 0; index < groups.size(); index++) {
      addPoints(chart, groups.get(index), index);
    }
    ChartSheet.Panel panel =
        new ChartSheet.Panel("Rate and distortion on the test examples", "", chart);
    List<ChartSheet.Entry> legend = new ArrayList<>(legend(false));
    legend.add(new ChartSheet.Entry("equal ELBO", DIAGONAL, ChartStyle.CURVE));
    return Optional.of(new Chart(new ChartSheet(List.of(panel), legend).draw(), ""));
  }

  private static void addPoints(XYChart chart, ComparisonData.Group group, int index) {
    List<PartitionResult> found = group.runs().stream().flatMap(r -> r.test().stream()).toList();
    if (!found.isEmpty()) {
      double[] x = found.stream().mapToDouble(PartitionResult::kl).toArray();
      double[] y = found.stream().mapToDouble(result -> -result.reconstruction()).toArray();
      chart
          .addSeries(index + ": " + group.name(), x, y)
          .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
          .setMarker(MARKERS.get(index / COLORS.size() % MARKERS.size()))
          .setMarkerColor(color(index));
    }
  }

  /** Along x + y = c the ELBO is -c. */
  private static void addDiagonals(XYChart chart, AxisRange x, AxisRange y) {
    double least = x.low() + y.low();
    double greatest = x.high() + y.high();
    double step = roundStep((greatest - least) / DIAGONALS);
    for (double sum = Math.ceil(least / step) * step; sum <= greatest; sum += step) {
      double left = Math.max(x.low(), sum - y.high());
      double right = Math.min(x.high(), sum - y.low());
      if (right > left) {
        String name = "ELBO " + Numbers.onScale(-sum, step);
        double[] xs = {left, right};
        double[] ys = {sum - left, sum - right};
        ChartStyle.line(chart, name, xs, ys, DIAGONAL, ChartStyle.CURVE);
        if (right - left > 0.12 * (x.high() - x.low())) {
          double middle = (left + right) / 2;
          chart.addAnnotation(new AnnotationText(name, middle, sum - middle, false));
        }
      }
    }
  }

  /** The next of 1, 2 or 5 times a power of ten. */
  private static double roundStep(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  private static double span(AxisRange range) {
    return range.high() - range.low();
  }

  /** Both axes have the same scale, so that a nat saved on one is seen to be a nat on the other. */
  private static AxisRange around(AxisRange range, double span) {
    double low = (range.low() + range.high() - span) / 2;
    // neither KL nor, for most data, -RE is negative: room below 0 would stay empty
    double shown = range.least() >= 0 ? Math.max(low, -0.04 * span) : low;
    return AxisRange.exactly(shown, shown + span);
  }

  private List<ChartSheet.Entry> legend(boolean curves) {
    List<ChartSheet.Entry> legend = new ArrayList<>();
    for (int index = 0; index < groups.size(); index++) {
      BasicStroke stroke = curves ? stroke(index) : PATCH;
      legend.add(new ChartSheet.Entry(groups.get(index).name(), color(index), stroke));
    }
    return legend;
  }

  private static Color color(int index) {
    return COLORS.get(index % COLORS.size());
  }

  private static BasicStroke stroke(int index) {
    return STROKES.get(index / COLORS.size() % STROKES.size());
  }

  private double[] values(ToDoubleFunction<EpochMetrics> metric) {
    return groups.stream()
        .flatMap(group -> group.runs().stream())
        .flatMap(run -> run.epochs().stream())
        .mapToDouble(metric)
        .toArray();
  }

  private double[] measured(ToDoubleFunction<PartitionResult> measure) {
    return groups.stream()
        .flatMap(group -> group.runs().stream())
        .flatMap(run -> run.test().stream())
        .mapToDouble(measure)
        .toArray();
  }
}
