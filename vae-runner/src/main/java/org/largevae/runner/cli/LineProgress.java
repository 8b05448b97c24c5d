package org.largevae.runner.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.largevae.core.results.EpochMetrics;
import org.largevae.runner.report.FixedDecimals;

/** One line per epoch, for logs. */
final class LineProgress implements Progress {
  private final PrintStream err;
  private int epochs;
  private int done;
  private double seconds;

  /**
   * Reports to a stream.
   *
   * @param err gets the lines
   */
  LineProgress(PrintStream err) {
    this.err = err;
  }

  @Override
  public void onPhase(String description) {
    err.println(description);
  }

  @Override
  public void onStart(int firstEpoch, int lastEpoch, int stepsPerEpoch) {
    this.epochs = lastEpoch;
    err.printf(
        Locale.ROOT,
        firstEpoch > epochs
            ? "all %2$d epochs are trained already%n"
            : "training epochs %d to %d, %d steps each; means per example in nats%n",
        firstEpoch,
        lastEpoch,
        stepsPerEpoch);
  }

  @Override
  public void onEpoch(EpochMetrics metrics, boolean best) {
    done++;
    seconds += metrics.seconds();
    err.printf(
        Locale.ROOT,
        "epoch %d/%d  loss %s  RE %s  KL %s  validation %s%s  %s, %s left%n",
        metrics.epoch(),
        epochs,
        FixedDecimals.of(metrics.trainingLoss(), 3),
        FixedDecimals.of(metrics.trainingReconstruction(), 3),
        FixedDecimals.of(metrics.trainingKl(), 3),
        FixedDecimals.of(metrics.validationLoss(), 3),
        best ? " (best)" : "",
        Durations.of(metrics.seconds()),
        Durations.of(seconds / done * (epochs - metrics.epoch())));
  }

  @Override
  public void close() {}
}
