package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.files.Sha256;
import org.largevae.core.testing.ImageFolder;

/** Runs that are used again after their data have changed: test examples may be trained ones. */
class ChangedDataTest {
  private static final int HEIGHT = 5;
  private static final int WIDTH = 4;

  @TempDir private Path folder;
  private CommandFixture vae;
  private Path run;

  @BeforeEach
  void makeCommand() {
    vae = CommandFixture.installed(folder.resolve("runs"));
    run = folder.resolve("run");
  }

  @Test
  void aFileThatHasGrownIsRefusedByEveryCommandThatReadsIt() throws IOException {
    Path file = Files.write(folder.resolve("grow.npy"), array(80));
    String recorded = Sha256.hex(Files.readAllBytes(file));
    train("dataset={ name = numpy, file = \"" + file + "\", binarization = none }");
    Files.write(file, array(120));
    String found = Sha256.hex(Files.readAllBytes(file));

    for (List<String> command : commands()) {
      assertThat(vae.run(command.toArray(String[]::new))).as(vae.err()).isEqualTo(ExitCode.DATA);
      assertThat(vae.err())
          .startsWith("vae: " + run + ": its data have changed since it was begun")
          .contains("grow.npy was " + recorded + " and is " + found)
          .endsWith("; --allow-changed-data goes on with them\n");
      assertThat(vae.err().lines().filter(line -> line.startsWith("vae: "))).hasSize(1);
      assertThat(vae.out()).isEmpty();
    }
    assertThat(folder.resolve("z.npy")).doesNotExist();
    assertThat(folder.resolve("x.png")).doesNotExist();
  }

  @Test
  void changedDataGoOnWhereTheyAreAllowedAndTheFirstHashStays() throws IOException {
    Path file = Files.write(folder.resolve("grow.npy"), array(80));
    train("dataset={ name = numpy, file = \"" + file + "\", binarization = none }");
    String first = dataHashes();
    Files.write(file, array(120));

    for (List<String> command : commands()) {
      String[] allowed =
          Stream.concat(command.stream(), Stream.of("--allow-changed-data")).toArray(String[]::new);
      assertThat(vae.run(allowed)).as(vae.err()).isZero();
    }
    assertThat(dataHashes()).isEqualTo(first);

    Files.write(file, array(80));
    assertThat(vae.run("evaluate", run.toString())).isEqualTo(ExitCode.DATA);
    assertThat(vae.err())
        .contains("was trained for a while with other data than those it was begun with");
  }

  @Test
  void aRunWhoseRecordIsGoneIsNotGoneOnWith() throws IOException {
    Path file = Files.write(folder.resolve("grow.npy"), array(80));
    train("dataset={ name = numpy, file = \"" + file + "\", binarization = none }");
    Files.delete(run.resolve("provenance.json"));

    assertThat(vae.run("train", "-q", "--resume", "--output", run.toString(), "training.epochs=2"))
        .isEqualTo(ExitCode.DATA);
    assertThat(vae.err()).contains("provenance.json: cannot be read").hasLineCount(1);
    assertThat(run.resolve("provenance.json")).doesNotExist();
  }

  @Test
  void aPictureThatWasRemovedIsAChange() throws IOException {
    Path images = ImageFolder.create(folder.resolve("images"), 40);
    train(
        "dataset={ name = images, folder = \""
            + images
            + "\", width = 4, height = 5, binarization = none }");
    Files.delete(images.resolve("image-007.png"));

    assertThat(vae.run("evaluate", run.toString())).isEqualTo(ExitCode.DATA);
    assertThat(vae.err())
        .contains("its data have changed since it was begun", "--allow-changed-data")
        .hasLineCount(1);
  }

  /** All that reads the data of a run. */
  private List<List<String>> commands() {
    return List.of(
        List.of("evaluate", run.toString(), "--samples=5"),
        List.of("encode", run.toString(), "-o", folder.resolve("z.npy").toString()),
        List.of("reconstruct", run.toString(), "-o", folder.resolve("x.png").toString()),
        List.of("train", "-q", "--resume", "--output", run.toString(), "training.epochs=2"));
  }

  private void train(String dataset) {
    List<String> arguments =
        List.of(
            "train",
            "-q",
            "--output=" + run,
            dataset,
            "experiment.threads=1",
            "model.prior.type=standard",
            "model.likelihood.type=discretized-logistic",
            "model.latent-size=2",
            "model.encoder.hidden=[3]",
            "model.decoder.hidden=[3]",
            "training={ epochs = 1, batch-size = 10 }",
            "evaluation={ importance-samples = 5, validation-importance-samples = 5 }");
    assertThat(vae.run(arguments.toArray(String[]::new))).as(vae.err()).isZero();
  }

  private String dataHashes() throws IOException {
    return JsonParser.parseString(Files.readString(run.resolve("provenance.json")))
        .getAsJsonObject()
        .getAsJsonObject("data-sha256")
        .toString();
  }

  /** Pictures of random bytes; those of fewer are the first of those of more. */
  private static byte[] array(int pictures) {
    byte[] values = new byte[pictures * HEIGHT * WIDTH];
    new Random(3).nextBytes(values);
    String shape = String.format(Locale.ROOT, "(%d, %d, %d)", pictures, HEIGHT, WIDTH);
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }";
    byte[] start =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) start.length, 0};
    byte[] file = Arrays.copyOf(magic, magic.length + start.length + values.length);
    System.arraycopy(start, 0, file, magic.length, start.length);
    System.arraycopy(values, 0, file, magic.length + start.length, values.length);
    return file;
  }
}
