package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.core.testing.ImageFolder;

/** A run whose newest checkpoint is damaged, used by a process of its own, which logs. */
@Timeout(120)
class DamagedRunTest {
  @TempDir private Path folder;

  @Test
  void weightsOfAnOlderCheckpointAreNotTakenWithoutAWord() throws Exception {
    Path run = folder.resolve("run");
    train(run, "training.epochs=1");
    train(run, "training.epochs=2", "--resume");
    Path newest = run.resolve("checkpoints/epoch-000003-step-000000000/best.safetensors");
    byte[] weights = Files.readAllBytes(newest);
    weights[weights.length - 1] ^= 1;
    Files.write(newest, weights);

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "evaluate",
                run.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(err).isZero();
    assertThat(err)
        .contains(
            "vae: WARN: "
                + newest
                + ": is damaged, its checksum is not that of checkpoint.json; trying the checkpoint"
                + " before it");
  }

  private void train(Path run, String... further) throws IOException {
    Path images = folder.resolve("images");
    if (Files.notExists(images)) {
      ImageFolder.create(images, 30);
    }
    Path file = folder.resolve("mine.conf");
    Files.writeString(file, "experiment { threads = 1 }\n" + ImageFolder.experiment(images, 6));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8);
    List<String> given = List.of("train", file.toString(), "--output", run.toString());
    String[] all = Stream.concat(given.stream(), Stream.of(further)).toArray(String[]::new);
    assertThat(new Main().run(stream, stream, all))
        .as(told.toString(StandardCharsets.UTF_8))
        .isZero();
  }
}
