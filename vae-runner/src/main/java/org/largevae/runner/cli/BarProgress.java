package org.largevae.runner.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.largevae.core.results.EpochMetrics;
import org.largevae.runner.report.FixedDecimals;

/** A bar over the steps of the whole training, for a terminal. */
final class BarProgress implements Progress {
  private final PrintStream err;
  private final int columns;
  private ProgressBar bar;
  private int epochs;
  private String validation = "";

  /**
   * Draws a bar.
   *
   * @param err the terminal
   * @param columns its width
   */
  BarProgress(PrintStream err, int columns) {
    this.err = err;
    this.columns = columns;
  }

  @Override
  public void onPhase(String description) {
    close();
    err.println(description);
  }

  @Override
  public void onStart(int firstEpoch, int lastEpoch, int stepsPerEpoch) {
    close();
    epochs = lastEpoch;
    bar =
        new TerminalLine(err, columns)
            .bar("training")
            .setInitialMax((long) lastEpoch * stepsPerEpoch)
            .startsFrom((long) (firstEpoch - 1) * stepsPerEpoch, Duration.ZERO)
            .build();
  }

  @Override
  public void onStep(int epoch, int step, double loss, double reconstruction, double kl) {
    bar.step();
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            "epoch %d/%d loss %s RE %s KL %s%s",
            epoch,
            epochs,
            FixedDecimals.of(loss, 1),
            FixedDecimals.of(reconstruction, 1),
            FixedDecimals.of(kl, 1),
            validation));
  }

  @Override
  public void onEpoch(EpochMetrics metrics, boolean best) {
    validation = " val. " + FixedDecimals.of(metrics.validationLoss(), 1);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      err.println();
    }
  }
}
