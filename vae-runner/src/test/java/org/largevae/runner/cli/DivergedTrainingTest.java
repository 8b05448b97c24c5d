package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings whose numbers overflow end with their code and one sentence of advice. */
class DivergedTrainingTest {
  @TempDir private Path folder;
  private CommandFixture vae;

  @BeforeEach
  void makeCommand() {
    vae = CommandFixture.installed(folder.resolve("runs"));
  }

  @Test
  void dataOfAnotherScaleAreNamedAsTheCause() throws IOException {
    assertThat(train(1e18, "training.optimizer.type=adam")).isEqualTo(ExitCode.DIVERGED);

    assertThat(vae.err().lines().filter(line -> line.startsWith("vae: ")))
        .singleElement()
        .asString()
        .startsWith("vae: training diverged: ")
        .contains(" in epoch 1, step 1; the last good weights were kept, but no epoch was finished")
        .endsWith(
            "look at the scale of the data: values of size 1 train best, so standardise the"
                + " columns");
    assertThat(vae.out()).isEmpty();
  }

  @Test
  void aLearningRateThatIsTooLargeIsNamedAsTheCause() throws IOException {
    assertThat(train(1, "training.optimizer.learning-rate=1e38")).isEqualTo(ExitCode.DIVERGED);

    assertThat(vae.err().lines().filter(line -> line.startsWith("vae: ")))
        .singleElement()
        .asString()
        .startsWith("vae: training diverged: ")
        .endsWith(
            "; try a smaller training.optimizer.learning-rate in a new run, --resume would diverge"
                + " again");
  }

  @ParameterizedTest
  @CsvSource({
    "adam, 1e3, elbo",
    "adam, 1e30, elbo",
    "adam, 1e300, elbo",
    "adam-normalized-gradient, 1e30, elbo",
    "adam-normalized-gradient, 1e300, elbo",
    "adam, 1e30, iwae",
    "adam, 1e30, dreg",
    "adam, 1e30, free-bits",
    "adam, 1e30, sticking-the-landing"
  })
  void whateverOverflowsItIsADivergence(String optimizer, String rate, String objective)
      throws IOException {
    int code =
        train(
            1,
            "training.optimizer={ type = " + optimizer + ", learning-rate = " + rate + " }",
            "training.objective=" + objective,
            "training.samples=2",
            "training.epochs=40");
    assertThat(code).as(vae.err()).isEqualTo(ExitCode.DIVERGED);
    assertThat(vae.err().lines().filter(line -> line.startsWith("vae: "))).hasSize(1);
    boolean kept = vae.err().contains("the last good weights were kept");
    Path run = folder.resolve("runs/" + "digits-vampprior");
    assertThat(Files.exists(run.resolve("checkpoints"))).isEqualTo(kept);
    assertThat(vae.err().contains("nothing was kept")).isEqualTo(!kept);
  }

  private int train(double scale, String... further) throws IOException {
    Path table = folder.resolve("table.csv");
    Files.writeString(
        table,
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT, "%s,%s", scale * Math.sin(i), scale * Math.cos(3 * i)))
            .collect(Collectors.joining("\n")));
    List<String> arguments =
        List.of(
            "train",
            "-q",
            "dataset={ name = csv, file = \"" + table + "\", binarization = none }",
            "experiment.threads=1",
            "model.likelihood.type=gaussian",
            "model.prior.type=standard",
            "model.latent-size=2",
            "model.encoder.hidden=[3]",
            "model.decoder.hidden=[3]",
            "training={ epochs = 2, batch-size = 10 }");
    return vae.run(Stream.concat(arguments.stream(), Stream.of(further)).toArray(String[]::new));
  }
}
