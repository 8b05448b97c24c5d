package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.core.results.EpochMetrics;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private void train(Progress progress) {
    progress.onStart(3, 4, 2);
    progress.onStep(3, 1, 101.25, -90, 11.25);
    progress.onStep(3, 2, 100.5, -90, 10.5);
    progress.onEpoch(new EpochMetrics(3, 1, 100.875, -90, 10.875, 99.5, -89, 10.5, 2), true);
    progress.onStep(4, 1, 99.5, -90, 9.5);
    progress.onStep(4, 2, 98.75, -90, 8.75);
    progress.onPhase("evaluating");
    progress.close();
  }

  @Test
  void aTerminalGetsABarWithLossAndItsParts() {
    train(Progress.of(new CommandEnvironment(err, err, true, 120, Path.of("")), false));

    String shown = bytes.toString(StandardCharsets.UTF_8);
    assertThat(shown)
        .contains("8/8", "epoch 4/4 loss 98.8 RE -90.0 KL 8.8 val. 99.5")
        .endsWith("evaluating" + System.lineSeparator());
    assertThat(shown.split("[\r\n]+"))
        .allSatisfy(line -> assertThat(line.length()).isLessThan(121));
  }

  @Test
  void elsewhereEachEpochIsALine() {
    train(Progress.of(CommandEnvironment.plain(err, err), false));

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "training epochs 3 to 4, 2 steps each; means per example in nats",
            "epoch 3/4  loss 100.875  RE -90.000  KL 10.875  validation 99.500 (best)  2.0 s,"
                + " 2.0 s left",
            "evaluating");
  }

  @Test
  void quietShowsNothing() {
    train(Progress.of(new CommandEnvironment(err, err, true, 120, Path.of("")), true));

    assertThat(bytes.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "3.44, 3.4 s",
    "59.4, 59 s",
    "59.6, 1 min 00 s",
    "125, 2 min 05 s",
    "3599.4, 59 min 59 s",
    "3600, 1 h 00 min",
    "7500, 2 h 05 min",
    "90000, 25 h 00 min"
  })
  void durationsAreReadable(double seconds, String text) {
    assertThat(Durations.of(seconds)).isEqualTo(text);
  }
}
