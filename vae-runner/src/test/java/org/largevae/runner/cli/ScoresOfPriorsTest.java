package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the scores of a table are said to be, where the density of the prior is not exact. */
class ScoresOfPriorsTest {
  private static final List<String> ROWS =
      List.of("a,b", "1,2", "2,3", "3,5", "4,4", "5,7", "6,6", "7,9", "8,8", "9,9", "0,1", "2,2");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "standard | log-likelihood, an estimate of log p(x), too low on average, and elbo",
        "snis, proposals = 8, evaluation-sets = 2 | log-likelihood and elbo, lower bounds of log p(x)",
        "lars, normaliser-samples = 1000 | may be too high or too low by the same amount"
      })
  void scoresAreNotSaidToBeMoreThanThePriorKnows(String prior, String said) throws IOException {
    CommandFixture vae = CommandFixture.installed(folder.resolve("runs"));
    Path table = Files.write(folder.resolve("own.csv"), ROWS);
    String run = folder.resolve("run").toString();
    assertThat(
            vae.run(
                "train",
                "table",
                "-q",
                "--output=" + run,
                "dataset.file=" + table,
                "dataset.columns={ real = [a, b] }",
                "model={ latent-size = 2, encoder.hidden = [3], decoder.hidden = [3] }",
                "model.prior={ type = " + prior + " }",
                "training={ epochs = 1, batch-size = 10 }",
                "experiment.threads=1",
                "evaluation={ importance-samples = 2, validation-importance-samples = 2 }"))
        .as(vae.err())
        .isZero();
    String scores = folder.resolve("s.csv").toString();
    assertThat(vae.run("score", run, table.toString(), "-o", scores)).as(vae.err()).isZero();
    assertThat(vae.out()).contains(said);
  }
}
