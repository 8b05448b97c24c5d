package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.DataShape;
import org.largevae.core.TrainedVae;
import org.largevae.core.testing.ImageFolder;
import org.largevae.runner.report.ImageGrid;
import org.largevae.runner.run.TrainedRun;

/** The commands on a run: evaluate, sample, reconstruct, encode. */
class RunCommandsTest {
  private static final int SAMPLES = 70;
  private static final DataShape SHAPE = new DataShape(1, ImageFolder.HEIGHT, ImageFolder.WIDTH);

  /** One run for all tests, none of which changes it. */
  @TempDir private static Path shared;

  private static Path run;

  @TempDir private Path folder;
  private CommandFixture vae;

  @BeforeAll
  static void trainRun() throws IOException {
    Path images = ImageFolder.create(shared.resolve("images"), 30);
    Path file = shared.resolve("mine.conf");
    Files.writeString(
        file,
        ImageFolder.experiment(images, 6)
            + "experiment { seed = 11, threads = 1 }\ntraining.epochs = 1\n"
            + "evaluation.importance-samples = "
            + SAMPLES);
    run = shared.resolve("run");
    CommandFixture vae = CommandFixture.installed(shared);
    assertThat(vae.run("train", file.toString(), "-q", "--output", run.toString()))
        .as(vae.err())
        .isZero();
  }

  @BeforeEach
  void makeCommand() {
    vae = CommandFixture.installed(folder);
  }

  @Test
  void evaluateUsesTheRunsSamplesAndSeed() throws IOException {
    assertThat(vae.run("evaluate", run.toString(), "--json")).as(vae.err()).isZero();

    JsonObject json = JsonParser.parseString(vae.out()).getAsJsonObject();
    assertThat(json.get("seed").getAsLong()).isEqualTo(11);
    JsonObject test = json.getAsJsonObject("test");
    assertThat(test.get("importanceSamples").getAsInt()).isEqualTo(SAMPLES);
    assertThat(test)
        .isEqualTo(
            JsonParser.parseString(Files.readString(run.resolve("results.json")))
                .getAsJsonObject()
                .getAsJsonObject("test"));
  }

  @Test
  void evaluateDrawsATable() {
    assertThat(vae.run("evaluate", run.toString())).isZero();

    assertThat(vae.out())
        .startsWith(" ".repeat(38) + "test\n-log p(x), nats    ")
        .containsPattern("\n  baseline, nats +\\d+\\.\\d{3}\n")
        .containsPattern("\n  baseline, bits +\\d\\.\\d{4}\n")
        .containsPattern("\nimportance samples +70\n");
  }

  @Test
  void aRunThatIsNotFinishedIsUsedWithAWarning() throws IOException {
    Path unfinished = copy(run, folder.resolve("unfinished"));
    Files.delete(unfinished.resolve("results.json"));
    Files.writeString(
        unfinished.resolve("metrics.csv"),
        "1,0.1,9,-8,1,9,-8,1,0.500\n2,0.2,9,-8,1,9,-8,1,0.500\n3,0.");

    assertThat(vae.run("sample", unfinished.toString(), "-o", folder.resolve("x.png").toString()))
        .isZero();

    assertThat(vae.err())
        .isEqualTo(
            "warning: this run is unfinished, with 2 of 1 epochs done; using its best weights so"
                + " far\n");
  }

  @Test
  void aRunWithoutAFinishedEpochIsSaidToHaveItsFirstWeights() throws IOException {
    Path unfinished = copy(run, folder.resolve("unfinished"));
    Files.delete(unfinished.resolve("results.json"));
    Files.writeString(unfinished.resolve("metrics.csv"), "");

    assertThat(vae.run("sample", unfinished.toString(), "-o", folder.resolve("x.png").toString()))
        .isZero();

    assertThat(vae.err())
        .isEqualTo(
            "warning: this run is unfinished, with 0 of 1 epochs done; its weights are those it"
                + " began with\n");
  }

  @Test
  void evaluateAsJsonNamesValuesAsResultsJsonDoes() {
    int code =
        vae.run("evaluate", run.toString(), "--samples=5", "--seed=-3", "--json", "--device=cpu");

    assertThat(code).isZero();
    JsonObject json = JsonParser.parseString(vae.out()).getAsJsonObject();
    assertThat(json.keySet())
        .containsExactly("dataset", "prior", "likelihood", "latentSize", "seed", "test");
    assertThat(json.get("seed").getAsLong()).isEqualTo(-3);
    assertThat(json.getAsJsonObject("test").get("importanceSamples").getAsInt()).isEqualTo(5);
    assertThat(json.getAsJsonObject("test").get("bitsPerDim").getAsDouble()).isPositive();
  }

  @Test
  void aDeviceThatIsNotThereIsRefused() {
    assertThat(vae.run("evaluate", run.toString(), "--device=gpu:9")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).contains("gpu:9", "no such GPU").hasLineCount(1);
  }

  @Test
  void sampleWritesAGridOfTheDraws() throws IOException {
    Path png = folder.resolve("x.png");

    assertThat(vae.run("sample", run.toString(), "-n", "6", "--seed", "7", "-o", png.toString()))
        .isZero();

    assertThat(vae.out()).isEqualTo(png + "\n");
    BufferedImage drawn = ImageIO.read(png.toFile());
    try (TrainedVae model = TrainedVae.open(run)) {
      BufferedImage expected = new ImageGrid(SHAPE).draw(List.of(model.sample(6, 7)));
      assertThat(pixels(drawn)).isEqualTo(pixels(expected));
    }
    assertThat(Files.list(folder)).containsExactly(png);
  }

  @Test
  void reconstructWritesOriginalsWithTheirReconstructions() throws IOException {
    Path png = folder.resolve("x.png");

    assertThat(vae.run("reconstruct", run.toString(), "-n", "2", "-o", png.toString())).isZero();

    try (TrainedRun opened = InstalledRuns.open(run)) {
      float[][] originals = Arrays.copyOf(opened.test().rows(), 2);
      BufferedImage expected =
          new ImageGrid(SHAPE)
              .drawPairs(List.of(originals), List.of(opened.vae().reconstruct(originals)));
      assertThat(pixels(ImageIO.read(png.toFile()))).isEqualTo(pixels(expected));
    }
  }

  @Test
  void encodeWritesANumpyFile() throws IOException {
    Path npy = folder.resolve("z.npy");

    assertThat(vae.run("encode", run.toString(), "--part=test", "-o", npy.toString())).isZero();

    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[6];
    file.get(magic);
    assertThat(magic).isEqualTo(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'});
    assertThat(file.getShort()).as("format version").isEqualTo((short) 1);
    byte[] header = new byte[file.getShort()];
    file.get(header);
    assertThat(new String(header, StandardCharsets.US_ASCII))
        .contains("'descr': '<f4'", "'fortran_order': False", "'shape': (3, 2)")
        .endsWith("\n");
    float[] written = new float[6];
    file.asFloatBuffer().get(written);
    assertThat(file.remaining()).isEqualTo(6 * Float.BYTES);
    try (TrainedRun opened = InstalledRuns.open(run)) {
      float[][] latents = opened.vae().encode(opened.test().rows());
      for (int row = 0; row < 3; row++) {
        assertThat(Arrays.copyOfRange(written, 2 * row, 2 * row + 2)).isEqualTo(latents[row]);
      }
    }
  }

  @Test
  void picturesOfAnotherFolderAreScoredAndEncoded() throws IOException {
    Path others = ImageFolder.create(folder.resolve("others"), 4);
    Path scores = folder.resolve("s.csv");

    assertThat(vae.run("score", run.toString(), others.toString(), "-o", scores.toString()))
        .as(vae.err())
        .isZero();

    List<String> lines = Files.readAllLines(scores);
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).isEqualTo("place,log-likelihood,elbo");
    assertThat(vae.run("encode", run.toString(), others.toString(), "-o", folder + "/z.csv"))
        .isZero();
    assertThat(folder.resolve("z.csv")).content().startsWith("place,z1,z2\n0,").hasLineCount(5);
  }

  @Test
  void picturesAreSampledAsAnArrayAndNotAsATable() throws IOException {
    Path npy = folder.resolve("x.npy");

    assertThat(vae.run("sample", run.toString(), "-n", "3", "--seed=7", "-o", npy.toString()))
        .isZero();

    String shape =
        String.format(Locale.ROOT, "'shape': (3, %d, %d)", ImageFolder.HEIGHT, ImageFolder.WIDTH);
    ByteBuffer array = ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(array.array(), 0, 192, StandardCharsets.ISO_8859_1)).contains(shape);
    try (TrainedVae model = TrainedVae.open(run)) {
      float[][] means = model.sample(3, 7);
      assertThat(array.getFloat(192)).isEqualTo(means[0][0]);
      assertThat(array.remaining()).isEqualTo(192 + 4 * 3 * means[0].length);
    }
    assertThat(vae.run("sample", run.toString(), "-o", folder + "/x.csv"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .isEqualTo(
            "vae: " + run + ": its examples are images; name a .png or .npy file with --output\n");
  }

  @Test
  void picturesAreNoTableToFillIn() {
    assertThat(
            vae.run("impute", run.toString(), shared.resolve("images").toString(), "-o", "x.csv"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .isEqualTo(
            "vae: "
                + run
                + ": its dataset is images and no table with columns of their own kinds, as"
                + " dataset.name = table reads it\n");
  }

  @Test
  void aFolderWithoutARunIsRefused() {
    Path missing = folder.resolve("nothing");

    assertThat(vae.run("sample", missing.toString(), "-o", folder.resolve("x.png").toString()))
        .isEqualTo(ExitCode.USAGE);

    assertThat(vae.err()).isEqualTo("vae: " + missing + ": there is no such folder\n");
    assertThat(vae.run("evaluate", folder.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .isEqualTo(
            "vae: " + folder + ": is not the folder of a run or model; it has no model.json\n");
  }

  @Test
  void anOutputInAMissingFolderIsRefusedBeforeTheRunIsOpened() {
    Path png = folder.resolve("no/x.png");

    assertThat(vae.run("sample", run.toString(), "-o", png.toString())).isEqualTo(ExitCode.USAGE);

    assertThat(vae.err())
        .isEqualTo(
            "vae: "
                + png
                + ": the folder "
                + folder.resolve("no")
                + " does not exist; create it first\n");
  }

  @Test
  void anOutputThatIsAFolderOrHasAnotherEndingIsRefused() throws IOException {
    Path png = Files.createDirectory(folder.resolve("x.png"));

    assertThat(vae.run("sample", run.toString(), "-o", png.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: " + png + ": is a folder; name a file with --output\n");
    assertThat(vae.run("sample", run.toString(), "-o", "x.jpg")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: x.jpg: the file's name must end in .png, .csv or .npy\n");
    assertThat(vae.run("encode", run.toString(), "-o", "x")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: x: the file's name must end in .npy or .csv\n");
  }

  @Test
  void anOutputThatCannotBeWrittenInTheEndHasACodeOfItsOwn() throws IOException {
    Path npy = folder.resolve("z.npy");
    // in the way of the name under which it is written
    Files.createDirectory(folder.resolve(".z.npy.tmp"));

    assertThat(vae.run("encode", run.toString(), "-o", npy.toString())).isEqualTo(ExitCode.OUTPUT);

    assertThat(vae.err())
        .startsWith("vae: " + npy + ": cannot be written: ")
        .endsWith("; free some space or name another file with --output\n");
    assertThat(npy).doesNotExist();
  }

  @Test
  void examplesThatAreNoImagesCannotBeDrawn() throws IOException {
    Path table = folder.resolve("table.csv");
    Files.writeString(
        table,
        IntStream.range(0, 40)
            .mapToObj(i -> String.format(Locale.ROOT, "%.3f,%.3f", Math.sin(i), Math.cos(3 * i)))
            .collect(Collectors.joining("\n")));
    Path output = folder.resolve("run");
    List<String> arguments =
        List.of(
            "train",
            "-q",
            "--output=" + output,
            "dataset={ name = csv, file = \"" + table + "\", binarization = none }",
            "model.likelihood.type=gaussian",
            "model.prior.type=standard",
            "model.latent-size=2",
            "model.encoder.hidden=[3]",
            "model.decoder.hidden=[3]",
            "training.epochs=1");
    assertThat(vae.run(arguments.toArray(String[]::new))).as(vae.err()).isZero();

    assertThat(vae.run("sample", output.toString(), "-o", folder.resolve("x.png").toString()))
        .isEqualTo(ExitCode.USAGE);

    assertThat(vae.err())
        .isEqualTo(
            "vae: "
                + output
                + ": its examples are 1 x 2 values and no images, so there is nothing to draw; name a"
                + " .csv or .npy file with --output\n");
  }

  @Test
  void countsBelowOneAreRefused() {
    assertThat(vae.run("sample", run.toString(), "-n", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: -n 0: must be between 1 and 1000000\n");
    assertThat(vae.run("evaluate", run.toString(), "--samples=0")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: --samples 0: must be at least 1\n");
  }

  @Test
  void whatIsNoNumberIsRefusedWithoutUsage() {
    assertThat(vae.run("sample", run.toString(), "-n", "many")).isEqualTo(ExitCode.USAGE);

    assertThat(vae.err())
        .isEqualTo(
            "vae: invalid value for option '--count': 'many' is not an int; see"
                + " `vae sample --help`\n");
  }

  private static int[] pixels(BufferedImage image) {
    int width = image.getWidth();
    return image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.walk(from)) {
      for (Path entry : entries.toList()) {
        Files.copy(entry, to.resolve(from.relativize(entry).toString()));
      }
    }
    return to;
  }
}
