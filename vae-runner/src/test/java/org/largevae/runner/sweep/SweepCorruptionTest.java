package org.largevae.runner.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.testing.corruption.CorruptFiles;

class SweepCorruptionTest {
  private static final String SWEEP =
      """
      sweep { name = priors, prefix = tiny }
      overrides { training.epochs = 2 }
      runs = [ { name = wide, model.encoder.hidden = [7] }, { name = deep, model.encoder.hidden = [5, 5] } ]
      axes {
        model.prior.type = [standard, vampprior]
        experiment.seed = [1, 2, 3]
      }
      printed {
        title = "Table", measure = nll, versus = model.prior.type
        cells = [ { run = wide, model.prior.type = standard, value = 4.5 } ]
      }
      """;

  @TempDir Path folder;

  private SweepFixture fixture;

  private final CorruptFiles<Sweep> sweep =
      CorruptFiles.of(
              "HOCON, sweep",
              content -> fixture.plan(new String(content, StandardCharsets.UTF_8)),
              sweepFiles())
          .words(
              "{",
              "}",
              "[",
              "]",
              "${",
              "${axes}",
              "a.",
              "axes {",
              "runs = [",
              "experiment.seed = [1]\n",
              "include \"x\"\n",
              "base = x\n",
              "1, ",
              "name = a, ",
              "\"",
              "null",
              "training.epochs = [1]\n")
          .judged(
              (content, sweep) -> {
                assertThat(sweep.cells()).isNotEmpty();
                assertThat(sweep.cells()).allSatisfy(SweepCorruptionTest::requirePlainName);
              })
          .allocating(256 << 20);

  @BeforeEach
  void makePictures() throws IOException {
    fixture = new SweepFixture(folder);
  }

  @Test
  void damagedSweepGivesMembersOrAnError() {
    sweep.check();
  }

  @MethodSource("sweepFiles")
  @FuzzTest
  void fuzzSweep(byte[] content) {
    sweep.checkOne(content);
  }

  static byte[][] sweepFiles() {
    return new byte[][] {SWEEP.getBytes(StandardCharsets.UTF_8)};
  }

  private static void requirePlainName(GridCell cell) {
    assertThat(cell.name()).matches("[\\p{L}\\p{N}._+=-]{1,100}").doesNotStartWith(".");
  }
}
