package org.largevae.runner.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.LevelKl;

/** Draws a run's metrics over its epochs: the loss, and its two terms apart. */
final class EpochCharts {
  private static final int HEIGHT = 920;
  private static final int PANEL_HEIGHT = 720;
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

  private record Metric(
      String name,
      String title,
      ToDoubleFunction<EpochMetrics> training,
      ToDoubleFunction<EpochMetrics> validation) {}

  /** Training and validation loss. */
  Chart loss() {
    return draw(
        HEIGHT,
        new Metric(
            "Loss", "Loss per epoch", EpochMetrics::trainingLoss, EpochMetrics::validationLoss));
  }

  /** RE above, KL below, over the same epochs. */
  Chart reconstructionAndKl() {
    return draw(
        PANEL_HEIGHT,
        new Metric(
            "RE",
            "Reconstruction, RE = E[log p(x|z)]",
            EpochMetrics::trainingReconstruction,
            EpochMetrics::validationReconstruction),
        new Metric(
            "KL", "KL(q(z|x) || p(z))", EpochMetrics::trainingKl, EpochMetrics::validationKl));
  }

  /** KL of each level of a model with several, the top above. */
  Chart levels() {
    List<LevelKl> levels = epochs.get(0).levels();
    return draw(
        PANEL_HEIGHT,
        IntStream.range(0, levels.size())
            .mapToObj(
                index ->
                    new Metric(
                        "KL",
                        "KL of level " + levels.get(index).level(),
                        epoch -> epoch.levels().get(index).training(),
                        epoch -> epoch.levels().get(index).validation()))
            .toArray(Metric[]::new));
  }

  private Chart draw(int height, Metric... metrics) {
    List<XYChart> panels = Arrays.stream(metrics).map(metric -> panel(metric, height)).toList();
    // one legend for all
    panels.subList(0, panels.size() - 1).forEach(p -> p.getStyler().setLegendVisible(false));
    return new Chart(
        panels,
        Arrays.stream(metrics)
            .filter(metric -> !outliers(metric).note().isEmpty())
            .map(metric -> metric.name() + ": " + outliers(metric).note())
            .collect(Collectors.joining("; ")));
  }

  private Outliers outliers(Metric metric) {
    double[] values =
        Stream.of(metric.training(), metric.validation())
            .flatMapToDouble(curve -> epochs.stream().mapToDouble(curve))
            .toArray();
    return Outliers.of("value", values, TAIL, MOST_CUT);
  }

  private XYChart panel(Metric metric, int height) {
    Outliers outliers = outliers(metric);
    String yTitle = metric.name() + ", nats per example";
    XYChart chart = ChartStyle.epochChart(metric.title(), yTitle, height, outliers);
    double[] shown =
        Stream.of(metric.training(), metric.validation())
            .flatMapToDouble(curve -> epochs.stream().mapToDouble(curve))
            .filter(value -> Double.isFinite(value) && !outliers.include(value))
            .toArray();
    double least = Arrays.stream(shown).min().orElse(0);
    double greatest = Arrays.stream(shown).max().orElse(1);
    // a line over equal values has a length too
    double padding = greatest > least ? 0 : Math.max(Math.abs(least) * 0.05, 1e-3);
    double[] ends = {least - padding, greatest + padding};
    warmUpEnd(epochs)
        .ifPresent(
            end -> {
              String text = "end of warm-up: \u03b2 = 1 from epoch " + Numbers.count(end.epoch());
              mark(chart, text, end.epoch(), ends, ChartStyle.GREY, ChartStyle.DOTTED);
            });
    if (epochs.stream().anyMatch(metrics -> metrics.epoch() == bestEpoch)) {
      String text = "best epoch: " + Numbers.count(bestEpoch);
      mark(chart, text, bestEpoch, ends, ChartStyle.INK, ChartStyle.DASHED);
    }
    addCurve(chart, "training", metric.training(), ChartStyle.BLUE);
    addCurve(chart, "validation", metric.validation(), ChartStyle.VERMILLION);
    return chart;
  }

  private static void mark(
      XYChart chart, String text, int epoch, double[] ends, Color color, BasicStroke stroke) {
    ChartStyle.line(chart, text, new double[] {epoch, epoch}, ends, color, stroke);
  }

  private void addCurve(
      XYChart chart, String name, ToDoubleFunction<EpochMetrics> metric, Color color) {
    double[] x = epochs.stream().mapToDouble(EpochMetrics::epoch).toArray();
    double[] y = epochs.stream().mapToDouble(metric).toArray();
    XYSeries series = ChartStyle.line(chart, name, x, y, color, ChartStyle.CURVE);
    if (epochs.size() <= MARKED_EPOCHS) {
      series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color);
    }
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
