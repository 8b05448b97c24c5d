package org.largevae.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.runner.results.EpochMetrics;
import org.largevae.runner.results.PartitionResult;

class ComparisonReportTest {
  @TempDir Path folder;

  /** The lines of equal ELBO lie the closer the more alike the runs are. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-4, 0.003, 0.1, 2, 40, 1000})
  void runsThatAreAlikeAndRunsThatAreNotAreSetSideBySide(double difference) throws IOException {
    Path file = folder.resolve("report.html");
    List<ComparisonData.Run> runs = List.of(run("a", 525.9, 3.1), run("b", 525.9 + difference, 3));
    ComparisonData.Group group = new ComparisonData.Group("all", runs);

    ComparisonReport.write(
        new ComparisonData("mine", List.of(), List.of(), List.of(group), ""), file);

    assertThat(Files.readString(file)).contains("Rate and distortion", "data:image/png;base64,");
  }

  private static ComparisonData.Run run(String name, double distortion, double rate) {
    PartitionResult test =
        new PartitionResult(
            520, 1, 0.95, -distortion - rate, -distortion, rate, 5, 2.5, 20, 60, null);
    EpochMetrics epoch =
        new EpochMetrics(1, 1, 530, -527, 3, distortion + rate, -distortion, rate, 0.5);
    return new ComparisonData.Run(
        name, "done", List.of(epoch), 1, Optional.of(test), "", Optional.empty(), Optional.empty());
  }
}
