package org.largevae.examples.tables;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.knowm.xchart.XYChart;

/**
 * The area under the ROC curve of scores that {@code vae score} wrote, beside an isolation
 * forest's:
 *
 * <pre>
 * AnomalyDetection scores.csv isolation-forest.csv roc.png
 * </pre>
 */
public final class AnomalyDetection {
  private static final String NORMAL = "benign";
  private static final String FOREST = "isolation-forest";

  private AnomalyDetection() {}

  /**
   * Prints the areas and draws the curves.
   *
   * @param arguments the scores of {@code vae score --false-alarm-rate}, those of the forest for
   *     the same rows, and the picture to write
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    ScoredRows rows = ScoredRows.read(Path.of(arguments[0]), NORMAL);
    RocCurve logLikelihood = rows.curve("log-likelihood");
    RocCurve forest = ScoredRows.read(Path.of(arguments[1]), NORMAL).curve(FOREST);
    print("area under the ROC curve", "");
    print("  log-likelihood", logLikelihood.area());
    print("  elbo", rows.curve("elbo").area());
    print("  isolation forest", forest.area());
    print("at the threshold of vae score", "");
    print("  benign rows that it reports", rows.falseAlarmRate());
    print("  malignant rows that it finds", rows.detectionRate());

    XYChart chart =
        ExampleCharts.chart(
            "Malignant among benign tumours", "share of benign rows reported", "malignant found");
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    draw(chart, "log p(x) of the VAE", logLikelihood, ExampleCharts.BLUE);
    draw(chart, "isolation forest", forest, ExampleCharts.VERMILLION);
    // without the point between, XChart puts ticks at the rows' own evenly spaced values
    double[] diagonal = {0, 0.123, 1};
    ExampleCharts.line(chart, "guessing: 0.5", diagonal, diagonal, ExampleCharts.GREY);
    ExampleCharts.write(chart, Path.of(arguments[2]));
  }

  private static void draw(XYChart chart, String name, RocCurve curve, Color color) {
    String label = String.format(Locale.ROOT, "%s: %.3f", name, curve.area());
    ExampleCharts.line(chart, label, curve.falseAlarms(), curve.detections(), color);
  }

  private static void print(String name, double value) {
    print(name, String.format(Locale.ROOT, "%.4f", value));
  }

  private static void print(String name, String value) {
    System.out.printf(Locale.ROOT, "%-32s%8s%n", name, value);
  }
}
