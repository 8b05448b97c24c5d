package org.largevae.runner.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.testing.corruption.CorruptFiles;

class HoconCorruptionTest {
  private static final String EXPERIMENT =
      """
      # a comment
      experiment { name = frey, seed = 1, threads = 1 }
      dataset { name = images, folder = "pictures", width = 20, split = [0.8, 0.1, 0.1] }
      model.latent-size = 40
      model.encoder { type = gated-mlp, hidden = [30, 20] }
      model.decoder { type = gated-mlp, hidden = ${model.encoder.hidden} }
      model.prior { type = vampprior, pseudo-inputs = 500, init-mean = 0.05 }
      training { epochs = 8, optimizer { type = adam, learning-rate = 5e-4 } }
      evaluation.importance-samples = 5000
      """;

  static final String[] WORDS = {
    "{",
    "}",
    "[",
    "]",
    "(",
    "a.",
    "a=",
    "a += 1\n",
    "${",
    "${a}",
    "${?a}",
    "}}",
    "\"",
    "\"\"\"",
    "include \"x\"\n",
    "include url(\"http://localhost/\")\n",
    "model {",
    "[[",
    "\\u001b",
    "=",
    ":",
    ",",
    "#",
    "//",
    "null",
    "experiment.seed = 2\n",
    "\"a\".\"b\"",
    "x${model.latent-size}",
    "1e"
  };

  @TempDir Path folder;
  private final ExperimentLoader loader =
      new ExperimentLoader(new ServiceRegistry(getClass().getClassLoader()));

  @Test
  void damagedExperimentGivesAnExperimentOrAnError() {
    byte[] written = bytes(EXPERIMENT);
    byte[] resolved = bytes(loader.render(load(written)));
    experiment(written, resolved).check();
  }

  @MethodSource("experimentFiles")
  @FuzzTest
  void fuzzExperiment(byte[] content) {
    experiment(content).checkOne(content);
  }

  static byte[][] experimentFiles() {
    return new byte[][] {bytes(EXPERIMENT)};
  }

  /** What is accepted can be written down and read again as the same. */
  private CorruptFiles<Experiment> experiment(byte[]... good) {
    return CorruptFiles.of("HOCON, experiment", this::load, good)
        .naming("a.conf")
        .words(WORDS)
        .allocating(64 << 20)
        .judged(
            (content, experiment) ->
                assertThat(load(bytes(loader.render(experiment))).config())
                    .isEqualTo(experiment.config()));
  }

  private Experiment load(byte[] content) {
    try {
      Path file = Files.write(folder.resolve("a.conf"), content);
      return loader.load(file.toString(), List.of());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
