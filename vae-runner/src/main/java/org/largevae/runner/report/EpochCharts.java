package org.largevae.runner.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.largevae.core.results.EpochMetrics;

/** Draws a run's metrics over its epochs: the loss, and its two terms apart. */
final class EpochCharts {

  private static final Color TRAINING = ChartStyle.BLUE;
  private static final Color VALIDATION = ChartStyle.VERMILLION;
  private static final int HEIGHT = 380;
  private static final int PANEL_HEIGHT = 260;
  private static final int X_TITLE_HEIGHT = 26;
  private static final double TAIL = 0.05;

  /** A loss falls from far above within its first epochs, however many follow. */
  private static final int MOST_CUT = 32;

  /** With so few epochs a marker shows each: one alone would draw no line. */
  private static final int MARKED_EPOCHS = 40;

  private final List<EpochMetrics> epochs;
  private final int bestEpoch;

  /**
   * Charts of one run.
   *
   * @param epochs at least one
   * @param bestEpoch the epoch to mark
   */
  EpochCharts(List<EpochMetrics> epochs, int bestEpoch) {
    this.epochs = epochs;
    this.bestEpoch = bestEpoch;
  }

  /** Training and validation loss. */
  Chart loss() {
    Metric loss =
        new Metric(
            "Loss", "Loss per epoch", EpochMetrics::trainingLoss, EpochMetrics::validationLoss);
    return draw(panel(loss, HEIGHT, true));
  }

  /** RE above, KL below, over the same epochs. */
  Chart reconstructionAndKl() {
    Metric reconstruction =
        new Metric(
            "RE",
            "Reconstruction, RE = E[log p(x|z)]",
            EpochMetrics::trainingReconstruction,
            EpochMetrics::validationReconstruction);
    Metric kl =
        new Metric(
            "KL", "KL(q(z|x) || p(z))", EpochMetrics::trainingKl, EpochMetrics::validationKl);
    return draw(panel(reconstruction, PANEL_HEIGHT, false), panel(kl, PANEL_HEIGHT, true));
  }

  private record Metric(
      String name,
      String title,
      ToDoubleFunction<EpochMetrics> training,
      ToDoubleFunction<EpochMetrics> validation) {}

  private Chart draw(ChartSheet.Panel... panels) {
    List<ChartSheet.Entry> legend = new ArrayList<>();
    legend.add(new ChartSheet.Entry("training", TRAINING, ChartStyle.CURVE));
    legend.add(new ChartSheet.Entry("validation", VALIDATION, ChartStyle.CURVE));
    milestones().stream()
        .map(mark -> new ChartSheet.Entry(mark.text(), mark.color(), mark.stroke()))
        .forEach(legend::add);
    return new Chart(
        new ChartSheet(List.of(panels), legend).draw(),
        Arrays.stream(panels)
            .map(ChartSheet.Panel::note)
            .filter(note -> !note.isEmpty())
            .collect(Collectors.joining("; ")));
  }

  private ChartSheet.Panel panel(Metric metric, int height, boolean lowest) {
    double[] all =
        DoubleStream.concat(
                epochs.stream().mapToDouble(metric.training()),
                epochs.stream().mapToDouble(metric.validation()))
            .toArray();
    Optional<AxisRange> found = AxisRange.of(all, TAIL, MOST_CUT);
    AxisRange y = found.orElse(AxisRange.exactly(0, 1));
    XYChart chart =
        ChartStyle.chart(
            lowest ? "epoch" : "",
            metric.name() + ", nats per example",
            lowest ? height + X_TITLE_HEIGHT : height);
    ChartStyle.setAxes(chart, epochAxis(), y);
    chart.getStyler().setXAxisDecimalPattern("#,##0");
    for (Milestone mark : milestones()) {
      ChartStyle.verticalLine(chart, mark.text(), mark.epoch(), y, mark.color(), mark.stroke());
    }
    addCurve(chart, "training", metric.training(), TRAINING);
    addCurve(chart, "validation", metric.validation(), VALIDATION);
    String note = note(found, all);
    return new ChartSheet.Panel(
        metric.title(), note.isEmpty() ? "" : metric.name() + ": " + note, chart);
  }

  private static String note(Optional<AxisRange> range, double[] values) {
    long finite = Arrays.stream(values).filter(Double::isFinite).count();
    if (range.isEmpty()) {
      return "no value is finite";
    }
    String beyond = range.get().note("value", finite);
    if (finite == values.length) {
      return beyond;
    }
    long gaps = values.length - finite;
    String missing = Numbers.count(gaps, "value") + (gaps == 1 ? " is" : " are") + " not finite";
    return beyond.isEmpty() ? missing : beyond + "; " + missing;
  }

  private AxisRange epochAxis() {
    double first = epochs.get(0).epoch();
    double last = epochs.get(epochs.size() - 1).epoch();
    // A single epoch needs room on both sides to be seen; many start at the axis itself.
    return last > first
        ? AxisRange.exactly(first - (last - first) * 0.01, last + (last - first) * 0.01)
        : AxisRange.exactly(first - 1, first + 1);
  }

  private void addCurve(
      XYChart chart, String name, ToDoubleFunction<EpochMetrics> metric, Color color) {
    double[] x = epochs.stream().mapToDouble(EpochMetrics::epoch).toArray();
    // XChart leaves a gap at NaN, but cannot place infinity.
    double[] y =
        epochs.stream()
            .mapToDouble(metric)
            .map(value -> Double.isFinite(value) ? value : Double.NaN)
            .toArray();
    XYSeries series = ChartStyle.line(chart, name, x, y, color, ChartStyle.CURVE);
    if (epochs.size() <= MARKED_EPOCHS) {
      series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color);
    }
  }

  private record Milestone(String text, int epoch, Color color, BasicStroke stroke) {}

  private List<Milestone> milestones() {
    List<Milestone> milestones = new ArrayList<>();
    warmUpEnd(epochs)
        .map(EpochMetrics::epoch)
        .map(
            end ->
                new Milestone(
                    "end of warm-up: \u03b2 = 1 from epoch " + Numbers.count(end),
                    end,
                    ChartStyle.GREY,
                    ChartStyle.DOTTED))
        .ifPresent(milestones::add);
    if (epochs.stream().anyMatch(metrics -> metrics.epoch() == bestEpoch)) {
      milestones.add(
          new Milestone(
              "best epoch: " + Numbers.count(bestEpoch),
              bestEpoch,
              ChartStyle.INK,
              ChartStyle.DASHED));
    }
    return milestones;
  }

  /**
   * Where beta, the weight of KL in the training loss, reaches 1.
   *
   * @param epochs in order
   * @return the first epoch with beta at 1; empty if that is the first of all, or none
   */
  static Optional<EpochMetrics> warmUpEnd(List<EpochMetrics> epochs) {
    if (epochs.isEmpty() || epochs.get(0).beta() >= 1) {
      return Optional.empty();
    }
    return epochs.stream().filter(metrics -> metrics.beta() >= 1).findFirst();
  }
}
