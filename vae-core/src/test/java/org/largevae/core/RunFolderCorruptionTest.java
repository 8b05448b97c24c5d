package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.core.testing.TinyData;
import org.largevae.testing.corruption.CorruptFiles;

/** A run's folder with one damaged file, opened as an application and the command open it. */
class RunFolderCorruptionTest {
  @TempDir Path temporary;

  @Test
  void damagedDescriptionOpensTheModelOrGivesAnError() throws IOException {
    check(
        "model.json",
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "null",
        "true",
        "${model}",
        "\"real\"",
        "\"latentSizes\": [2],",
        "\"latent-size\": 2,",
        "\"hidden\": [99999999],",
        "\"pseudo-inputs\": 2147483647,",
        "\"type\": \"standard\",",
        "\"include\": \"/etc/passwd\",");
  }

  private void check(String name, String... words) throws IOException {
    Path run = temporary.resolve("run");
    TinyRuns.train(run, TinyData.GREY_LEVEL).close();
    Path file = run.resolve(name);
    byte[] good = Files.readAllBytes(file);
    float[][] examples = TinyData.GREY_LEVEL.rows(2, 2);
    float[][] encodings;
    try (TrainedVae vae = TrainedVae.open(run)) {
      encodings = vae.encode(examples);
    }
    CorruptFiles.of(
            "run folder, " + name,
            content -> {
              Files.write(file, content);
              try (TrainedVae vae = TrainedVae.open(run)) {
                return vae.data().shape().height() == 2 ? vae.encode(examples) : null;
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
