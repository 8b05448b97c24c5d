package org.largevae.core.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.DataException;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.Results;

/** What can be read of a run that is at work, or that ended badly. */
class RunRecordsTest {
  @TempDir private Path folder;

  @Test
  void aFolderWithoutARunHasNothing() {
    RunRecords records = new RunRecords(folder);

    assertThat(records.exists()).isFalse();
    assertThat(records.results()).isEmpty();
    assertThat(records.epochs()).isEmpty();
  }

  @Test
  void epochsAreReadAsTheyWereWritten() throws IOException {
    EpochMetrics first = new EpochMetrics(1, 0.01, 3.5, -3.25, 1.0E-4, 4, -3, 1, 0.25);
    EpochMetrics second =
        new EpochMetrics(2, 0.02, Double.NaN, -1.0E10, 1, Double.POSITIVE_INFINITY, -3, 1, 12.5);
    try (RunFolder run = RunFolder.open(folder)) {
      run.writeMetrics(List.of(first), 1);
      run.appendMetrics(second);
    }

    assertThat(new RunRecords(folder).epochs()).containsExactly(first, second);
  }

  @Test
  void aRowThatWasCutOffIsLeftOut() throws IOException {
    String header = "epoch,...\n";
    String row = "1,0.5,3.5,-3.25,0.5,4.0,-3.0,1.0,0.250\n";
    Path file = folder.resolve(RunRecords.METRICS);
    for (int end = 0; end < row.length() - 1; end++) {
      Files.writeString(file, header + row.replaceFirst("^1", "2") + row.substring(0, end));
      assertThat(new RunRecords(folder).epochs())
          .extracting(EpochMetrics::epoch)
          .containsExactly(2);
    }
    // the next epoch's row was written behind the rest of one
    Files.writeString(file, header + "1,0.5,3.5" + row + row);
    assertThat(new RunRecords(folder).epochs()).hasSize(1);
  }

  @Test
  void resultsOfEarlierVersionsLackWhatTheyDidNotKnow() throws IOException {
    String part =
        """
        {"nll": 90.5, "bitsPerDim": 0.17, "elbo": -94, "reconstruction": -70, "kl": 24,
         "activeUnits": 38, "effectiveSampleSize": 120, "importanceSamples": 500, "examples": 9}
        """;
    Files.writeString(
        folder.resolve(RunRecords.RESULTS),
        """
        {"dataset": "digits", "prior": "standard", "likelihood": "bernoulli", "latentSize": 40,
         "seed": 1, "epochs": 3, "bestEpoch": 2, "test": PART, "validation": PART,
         "train": {"secondsPerEpoch": 1, "examplesPerSecond": 9}}
        """
            .replace("PART", part));
    Results results = new RunRecords(folder).results().orElseThrow();

    assertThat(results.test().nll()).isEqualTo(90.5);
    assertThat(results.test().normaliser()).isNull();
    assertThat(results.validation().priorDensity()).isNull();
  }

  @Test
  void damagedResultsAreToldWithTheirFile() throws IOException {
    Files.writeString(folder.resolve(RunRecords.RESULTS), "{\"dataset\": ");
    assertThatThrownBy(() -> new RunRecords(folder).results())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("results.json: is damaged");

    Files.writeString(folder.resolve(RunRecords.RESULTS), "{}");
    assertThatThrownBy(() -> new RunRecords(folder).results())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("results.json: is damaged");
  }
}
