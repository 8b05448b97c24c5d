package org.largevae.runner.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.Support;
import org.largevae.testing.corruption.CorruptFiles;

/** A run's folder with one damaged file, opened as an application and the command open it. */
class RunFolderCorruptionTest {
  @TempDir Path temporary;

  @Test
  void damagedConfigurationOpensTheModelOrGivesAnError() throws IOException {
    check(
        "config.conf",
        "{",
        "}",
        "[",
        "]",
        "a.",
        "${",
        "${model}",
        "include file(\"/etc/passwd\")\n",
        "hidden = [99999999]\n",
        "pseudo-inputs=2147483647\n",
        "type=standard\n",
        "\"",
        "null");
  }

  @Test
  void damagedSizesOpenTheModelOrGiveAnError() throws IOException {
    check("model.json", "{", "}", "[", "\"", ",", ":", "99999", "\"REAL\"", "\"latentSize\": 2,");
  }

  private void check(String name, String... words) throws IOException {
    Path run = temporary.resolve("run");
    TinyVaes.trainer(Support.PIXEL_256).output(run).train().close();
    Path file = run.resolve(name);
    byte[] good = Files.readAllBytes(file);
    float[][] examples = TinyVaes.examples(Support.PIXEL_256, 2, 2);
    float[][] encodings;
    try (TrainedVae vae = TrainedVae.open(run)) {
      encodings = vae.encode(examples);
    }
    CorruptFiles.of(
            "run folder, " + name,
            content -> {
              Files.write(file, content);
              try (TrainedVae vae = TrainedVae.open(run)) {
                return vae.shape().height() == 2 ? vae.encode(examples) : null;
              }
            },
            good)
        .words(words)
        .allocating(64 << 20)
        .judged(
            (content, read) -> {
              if (read != null) {
                assertThat(read[0]).hasSameSizeAs(encodings[0]);
              }
            })
        .check();
  }
}
