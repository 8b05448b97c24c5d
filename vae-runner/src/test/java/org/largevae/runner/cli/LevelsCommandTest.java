package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.core.testing.ImageFolder;

/** A model of two levels from the command line. */
class LevelsCommandTest {
  @TempDir private Path folder;
  private CommandFixture vae;
  private Path images;
  private Path run;

  @BeforeEach
  void data() throws IOException {
    vae = CommandFixture.installed(folder.resolve("runs"));
    images = ImageFolder.create(folder.resolve("images"), 120);
    run = folder.resolve("run");
  }

  private int train(String... changes) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "-q",
                "--output=" + run,
                "dataset={ name = images, folder = \""
                    + images
                    + "\", width = 4, height = 5, binarization = none }",
                "experiment.threads=1",
                "experiment.seed=5",
                "model.encoder.hidden=[8]",
                "model.decoder.hidden=[8]",
                "model.prior={ type = vampprior, pseudo-inputs = 4 }",
                "model.likelihood.type=discretized-logistic",
                "training.epochs=1",
                "training.batch-size=20",
                "evaluation.importance-samples=5",
                "evaluation.validation-importance-samples=5"));
    arguments.addAll(List.of(changes));
    return vae.run(arguments.toArray(String[]::new));
  }

  @Test
  void everyCommandKnowsOfLevels() throws IOException {
    assertThat(train("model.type=hierarchy", "model.latent-sizes=[2,3]")).as(vae.err()).isZero();
    assertThat(vae.out()).containsPattern("KL, nats .*\n  level 2 .*\n  level 1 ");
    assertThat(run.resolve("results.json"))
        .content()
        .contains("\"latentSize\": 5", "\"levels\": [", "\"level\": 2", "\"level\": 1");
    assertThat(run.resolve("metrics.csv")).content().contains("validation-kl-1");
    assertThat(run.resolve("report.html")).content().contains("5 (2 + 3)", "KL of level 2, nats");

    Path latents = folder.resolve("latents.csv");
    assertThat(vae.run("encode", run.toString(), "--part", "test", "-o", latents.toString()))
        .as(vae.err())
        .isZero();
    assertThat(Files.readAllLines(latents).get(0)).endsWith("z2_1,z2_2,z1_1,z1_2,z1_3");
    for (String command : List.of("evaluate", "score", "sample", "reconstruct")) {
      List<String> arguments = new ArrayList<>(List.of(command, run.toString()));
      if (!command.equals("evaluate")) {
        String suffix = command.equals("score") ? ".csv" : ".png";
        arguments.addAll(List.of("-o", folder.resolve(command + suffix).toString()));
      }
      assertThat(vae.run(arguments.toArray(String[]::new))).as(command + vae.err()).isZero();
    }
  }

  @Test
  void oneLevelHasNoneInItsFiles() {
    assertThat(train("model.latent-size=2")).as(vae.err()).isZero();
    assertThat(run.resolve("results.json")).content().doesNotContain("level\"", "levels");
    assertThat(run.resolve("report.html")).content().doesNotContain("level 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.latent-sizes=[2,0]|model.latent-sizes = [2, 0]: each must be at least 1",
        "model.latent-sizes=[2]|must name two levels or more; for one level use model.type = vae",
        "model.latent-size=4|model.latent-size = 4: unknown key. Did you mean"
            + " \"model.latent-sizes\"?",
        "model.latent-sizes=[2,2000000000]|make model.latent-sizes, model.encoder.hidden",
        "model.posterior.type=planar-flow|do not know their density at every value"
      })
  void badLevelsAreOneSentence(String change, String message) {
    assertThat(train("model.type=hierarchy", change)).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).contains(message).hasLineCount(1);
    assertThat(run).doesNotExist();
  }

  @Test
  void oneLevelHasNoConditionalPrior() {
    assertThat(train("model.conditional-prior.hidden=[3]")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .contains(
            "model.conditional-prior: a model of type vae has no such part; leave it out, or choose"
                + " model.type = hierarchy (from the command line)")
        .hasLineCount(1);
  }
}
