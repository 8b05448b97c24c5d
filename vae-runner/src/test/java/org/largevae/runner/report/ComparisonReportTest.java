package org.largevae.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.PartitionResult;

class ComparisonReportTest {
  @TempDir Path folder;

  /** The lines of equal ELBO lie the closer the more alike the runs are. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-4, 0.003, 0.1, 2, 40, 1000})
  void runsThatAreAlikeAndRunsThatAreNotAreSetSideBySide(double difference) throws IOException {
    Path file = folder.resolve("report.html");
    List<ComparisonData.ComparedRun> runs =
        List.of(run("a", 525.9, 3.1), run("b", 525.9 + difference, 3));
    ComparisonData.RunGroup group = new ComparisonData.RunGroup("all", runs);

    ComparisonReport.write(
        new ComparisonData("mine", List.of(), List.of(), List.of(group), ""), file);

    assertThat(Files.readString(file)).contains("Rate and distortion", "data:image/png;base64,");
  }

  @Test
  void everyKindOfFigureIsShownOfTheFirstRunThatHasIt() throws IOException {
    Path with = figures("with", "generated", "reconstructions", "pseudo-inputs");
    Path less = figures("less", "generated", "likelihood-histogram");
    Path file = folder.resolve("report.html");
    ComparisonData.RunGroup first =
        new ComparisonData.RunGroup(
            "vampprior",
            List.of(
                run("seed 1", 525, 3, Optional.of(folder.resolve("missing"))),
                run("seed 2", 525, 3, Optional.of(with))));
    ComparisonData.RunGroup second =
        new ComparisonData.RunGroup(
            "standard", List.of(run("seed 3", 525, 3, Optional.of(less)), run("seed 4", 525, 3)));

    ComparisonReport.write(
        new ComparisonData("mine", List.of(), List.of(), List.of(first, second), ""), file);

    assertThat(shown(file))
        .containsExactly(
            "Generated examples: vampprior",
            "Generated examples: standard",
            "Test reconstructions: vampprior",
            "Pseudo-inputs: vampprior",
            "Test likelihoods: standard");
  }

  @Test
  void noRunIsMissingFromTheLossesHoweverFarOffItIs() throws IOException {
    List<ComparisonData.ComparedRun> runs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      runs.add(run("alike " + i, 525 + 0.01 * i, 3));
    }
    runs.add(run("far off", 9000, 3));
    Path file = folder.resolve("report.html");

    ComparisonReport.write(
        new ComparisonData(
            "mine", List.of(), List.of(), List.of(new ComparisonData.RunGroup("all", runs)), ""),
        file);

    assertThat(Files.readString(file))
        .contains("Validation loss")
        .doesNotContain("beyond the axis");
  }

  private Path figures(String name, String... pictures) throws IOException {
    Path figures = Files.createDirectory(folder.resolve(name));
    for (String picture : pictures) {
      BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(image, "png", figures.resolve(picture + ".png").toFile());
    }
    return figures;
  }

  /** The descriptions of the pictures in the galleries, in order. */
  private static List<String> shown(Path file) throws IOException {
    return Pattern.compile("<img [^>]*alt=\"([^\"]+: [^\"]+)\"")
        .matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static ComparisonData.ComparedRun run(String name, double distortion, double rate) {
    return run(name, distortion, rate, Optional.empty());
  }

  private static ComparisonData.ComparedRun run(
      String name, double distortion, double rate, Optional<Path> figures) {
    PartitionResult test =
        new PartitionResult(
            520,
            1.0,
            0.95,
            -distortion - rate,
            -distortion,
            rate,
            5,
            2.5,
            20,
            60,
            null,
            "exact",
            null,
            null);
    EpochMetrics epoch =
        new EpochMetrics(1, 1, 530, -527, 3, distortion + rate, -distortion, rate, 0.5);
    return new ComparisonData.ComparedRun(
        name, "done", List.of(epoch), 1, Optional.of(test), "", figures);
  }
}
