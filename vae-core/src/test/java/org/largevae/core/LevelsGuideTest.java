package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.testing.guide.GuideCode;

/** The Java of docs/levels.md is compiled from there and runs. */
class LevelsGuideTest {
  private static final Path GUIDE = Path.of("../docs/levels.md");

  /** Trains the guide's own model. */
  private static final String USE =
      """
        public static void main(String[] arguments) {
          DataDescription data =
              DataDescription.of(
                  new org.largevae.api.data.DataShape(1, 1, 4),
                  org.largevae.api.data.ValueKinds.BINARY);
          var top = org.largevae.api.data.ModelShape.of(data, 1);
          var below = org.largevae.api.data.ModelShape.of(data, 2, List.of(1));
          TwoHalves model =
              new TwoHalves(
                  data,
                  List.of(1, 2),
                  new org.largevae.networks.GatedMlpEncoder(top, 4),
                  new org.largevae.networks.GatedMlpEncoder(below, 4),
                  new org.largevae.networks.GatedMlpDecoder(
                      below, new org.largevae.likelihoods.Bernoulli(data), 4));
          float[][] examples = {{0, 1, 0, 1}, {1, 0, 1, 0}, {1, 1, 0, 0}, {0, 1, 1, 0}};
          try (var trained =
              org.largevae.core.Vae.of(model).trainer(examples).epochs(2).train()) {
            System.out.println(trained.sample(3, 1).length + " drawn");
            System.out.println(Double.isFinite(trained.logLikelihood(examples[0], 10, 1)));
          }
        }
      }
      """;

  @TempDir private Path temporary;

  @Test
  void modelsOfTheCoreTrain() throws IOException, InterruptedException {
    String printed = GuideCode.of(GUIDE, "").get(0).run(work());
    assertThat(printed).contains("hierarchy: log p(x) about -", "ladder: log p(x) about -");
  }

  @Test
  void modelOfOnesOwnTrains() throws IOException, InterruptedException {
    String text = GuideCode.of(GUIDE, "## A model of your own").get(0).text();
    String runnable = text.substring(0, text.lastIndexOf('}')) + USE;
    assertThat(new GuideCode(runnable).run(work())).contains("3 drawn", "true");
  }

  private Path work() throws IOException {
    return Files.createDirectory(temporary.resolve("work"));
  }
}
