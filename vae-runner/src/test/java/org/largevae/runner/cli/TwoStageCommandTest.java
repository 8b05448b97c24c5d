package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.core.TrainedVae;
import org.largevae.core.testing.ImageFolder;
import org.largevae.runner.run.TrainedRun;

/** A second run from the weights of a first. */
class TwoStageCommandTest {
  @TempDir private Path folder;
  private CommandFixture vae;
  private Path images;
  private Path first;
  private Path second;

  @BeforeEach
  void firstStage() throws IOException {
    vae = CommandFixture.installed(folder.resolve("runs"));
    images = ImageFolder.create(folder.resolve("images"), 40);
    first = folder.resolve("first");
    second = folder.resolve("second");
    assertThat(train(first, "model.prior.type=standard", "training.epochs=2"))
        .as(vae.err())
        .isZero();
  }

  private int train(Path output, String... changes) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "-q",
                "--output=" + output,
                "dataset={ name = images, folder = \""
                    + images
                    + "\", width = 4, height = 5, binarization = none }",
                "experiment.threads=1",
                "experiment.seed=5",
                "model.latent-size=2",
                "model.encoder.hidden=[8]",
                "model.decoder.hidden=[8]",
                "model.likelihood.type=discretized-logistic",
                "training.batch-size=10",
                "evaluation.importance-samples=5",
                "evaluation.validation-importance-samples=5"));
    arguments.addAll(List.of(changes));
    return vae.run(arguments.toArray(String[]::new));
  }

  private int trainSecond(String... changes) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "model.prior={ type = vampprior, pseudo-inputs = 4 }",
                "training.epochs=1",
                "training.start-from=\"" + first + "\"",
                "training.frozen=[encoder, decoder]"));
    all.addAll(List.of(changes));
    return train(second, all.toArray(String[]::new));
  }

  @Test
  void encodingsStayAndTheReportSaysWhereTheyAreFrom() {
    assertThat(trainSecond()).as(vae.err()).isZero();
    float[][] before = encodings(first);
    assertThat(encodings(second)).isDeepEqualTo(before);
    assertThat(second.resolve("provenance.json")).content().contains("\"start-from\"");
    assertThat(second.resolve("report.html")).content().contains("start-from");
    assertThat(vae.run("train", "-q", "--resume", "--output=" + second, "training.epochs=2"))
        .as(vae.err())
        .isZero();
    assertThat(encodings(second)).isDeepEqualTo(before);
  }

  private static float[][] encodings(Path run) {
    try (TrainedRun opened = InstalledRuns.open(run)) {
      TrainedVae model = opened.vae();
      return model.encode(opened.test().rows(4));
    }
  }

  @Test
  void planSaysItAndWritesNothing() {
    assertThat(trainSecond("--dry-run")).as(vae.err()).isZero();
    assertThat(vae.out())
        .contains("start      weights of " + first + "; not trained: encoder, decoder\n");
    assertThat(second).doesNotExist();
  }

  @Test
  void otherSplitIsRefusedUnlessItIsMeant() {
    assertThat(trainSecond("dataset.split-seed=2")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .startsWith("vae: training.start-from = \"" + first + "\": was trained on other examples")
        .contains("dataset.split-seed was 1 and is 2; set these keys alike")
        .hasLineCount(1);
    assertThat(second).doesNotExist();
    assertThat(trainSecond("dataset.split-seed=2", "--allow-changed-data")).isZero();
  }

  @Test
  void otherDataAreRefused() throws IOException {
    ImageFolder.create(folder.resolve("images/more"), 3);
    assertThat(trainSecond()).as(vae.err()).isEqualTo(ExitCode.DATA);
    assertThat(vae.err())
        .startsWith("vae: " + first + ": its data have changed since it was begun")
        .hasLineCount(1);
  }

  @Test
  void frozenComponentKeepsItsSettings() {
    assertThat(trainSecond("model.encoder.hidden=[9]")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .startsWith("vae: training.frozen = [encoder, decoder]: ")
        .contains(
            "the encoder cannot be kept with other settings than in "
                + first
                + ": model.encoder.hidden was [8] and is [9]")
        .hasLineCount(1);
  }

  /** Both posteriors take as many numbers of the encoder, and mean something else by them. */
  @Test
  void frozenEncoderKeepsItsPosterior() {
    assertThat(trainSecond("model.posterior.log-variance-max=1")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .contains(
            "the encoder cannot be kept with another posterior than in "
                + first
                + ": model.posterior.log-variance-max was 2 and is 1")
        .hasLineCount(1);
    assertThat(second).doesNotExist();
  }

  @Test
  void normaliserThatCannotBeReportedIsRefusedBeforeTraining() {
    assertThat(train(second, "model.prior={ type = lars, hidden = [4], normaliser-samples = 100 }"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .startsWith("vae: model.prior: log p(x) cannot be given")
        .contains("take a larger model.prior.normaliser-samples")
        .hasLineCount(1);
    assertThat(second).doesNotExist();
  }

  @Test
  void faultsNameTheKeyAndWhereItWasSaid() {
    assertThat(trainSecond("training.start-from=nowhere")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .isEqualTo(
            "vae: training.start-from = \"nowhere\": there is no such folder (from the command"
                + " line)\n");
    assertThat(trainSecond("training.frozen=[encodr]")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .startsWith("vae: training.frozen = [encodr]: must name components of the model")
        .hasLineCount(1);
    for (String odd : List.of("\"\"", "\"a..b\"", "\"$\"")) {
      assertThat(trainSecond("training.frozen=[" + odd + "]")).isEqualTo(ExitCode.USAGE);
      assertThat(vae.err())
          .startsWith("vae: training.frozen = ")
          .contains("must name components of the model, which are encoder")
          .hasLineCount(1);
    }
  }
}
