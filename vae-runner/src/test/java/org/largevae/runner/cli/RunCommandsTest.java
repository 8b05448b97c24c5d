package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.DataShape;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.testing.FakeComponents;
import org.largevae.runner.experiment.Experiment;
import org.largevae.runner.experiment.ExperimentLoader;
import org.largevae.runner.report.ImageGrid;
import org.largevae.runner.run.TrainedRun;

/** The commands on a run: evaluate, sample, reconstruct, encode. */
class RunCommandsTest {
  private static final int SAMPLES = 70;

  @TempDir private Path folder;

  private final ExperimentLoader loader = new ExperimentLoader(FakeComponents.registry());
  private Path run;
  private FakeRun opened;
  private DataShape shape = new DataShape(1, 4, 3);
  private CommandFixture vae;

  @BeforeEach
  void makeRun() throws IOException {
    Experiment experiment =
        loader.load(
            "digits-vampprior",
            List.of(
                "experiment.seed=11",
                "model.latent-size=2",
                "evaluation.importance-samples=" + SAMPLES));
    run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("config.conf"), loader.render(experiment));
    Files.writeString(run.resolve("results.json"), "{}");
    vae =
        new CommandFixture(
            folder,
            null,
            (path, device) -> {
              assertThat(path).isEqualTo(run);
              opened =
                  new FakeRun(loader.fromRunFolder(path.resolve("config.conf")), shape, device);
              return opened;
            });
  }

  @Test
  void evaluateUsesTheRunsSamplesAndSeed() {
    assertThat(vae.run("evaluate", run.toString())).isZero();

    assertThat(opened.samples).isEqualTo(SAMPLES);
    assertThat(opened.seed).isEqualTo(11);
    assertThat(opened.device).isEqualTo("auto");
    assertThat(opened.closed).isTrue();
    assertThat(vae.out())
        .startsWith(" ".repeat(38) + "test\n-log p(x), nats            90.500 +- 0.250\n");
    assertThat(vae.err()).isEmpty();
  }

  @Test
  void aRunThatIsNotFinishedIsUsedWithAWarning() throws IOException {
    Files.delete(run.resolve("results.json"));
    Files.writeString(
        run.resolve("metrics.csv"), "1,0.1,9,-8,1,9,-8,1,0.500\n2,0.2,9,-8,1,9,-8,1,0.500\n3,0.");

    assertThat(vae.run("sample", run.toString(), "-o", folder.resolve("x.png").toString()))
        .isZero();

    int epochs = opened.experiment().training().epochs();
    assertThat(vae.err())
        .isEqualTo(
            "warning: this run is unfinished, with 2 of "
                + epochs
                + " epochs done; using its best weights so far\n");
  }

  @Test
  void evaluateAsJsonNamesValuesAsResultsJsonDoes() {
    int code =
        vae.run("evaluate", run.toString(), "--samples=5", "--seed=-3", "--json", "--device=cpu");

    assertThat(code).isZero();
    assertThat(opened.samples).isEqualTo(5);
    assertThat(opened.seed).isEqualTo(-3);
    assertThat(opened.device).isEqualTo("cpu");
    JsonObject json = JsonParser.parseString(vae.out()).getAsJsonObject();
    assertThat(json.keySet())
        .containsExactly("dataset", "prior", "likelihood", "latentSize", "seed", "test");
    assertThat(json.getAsJsonObject("test").get("bitsPerDim").getAsDouble())
        .isEqualTo(FakeRunner.TEST.bitsPerDim());
  }

  @Test
  void sampleWritesAGridOfTheDraws() throws IOException {
    Path png = folder.resolve("x.png");

    assertThat(vae.run("sample", run.toString(), "-n", "6", "--seed", "7", "-o", png.toString()))
        .isZero();

    assertThat(vae.out()).isEqualTo(png + "\n");
    assertThat(opened.seed).isEqualTo(7);
    BufferedImage drawn = ImageIO.read(png.toFile());
    BufferedImage expected = new ImageGrid(shape).draw(opened.sample(6, 7));
    assertThat(pixels(drawn)).isEqualTo(pixels(expected));
    assertThat(Files.list(folder).map(Path::getFileName).map(Path::toString))
        .containsExactlyInAnyOrder("run", "x.png");
  }

  @Test
  void reconstructWritesOriginalsWithTheirReconstructions() throws IOException {
    Path png = folder.resolve("x.png");

    assertThat(vae.run("reconstruct", run.toString(), "-n", "3", "-o", png.toString())).isZero();

    List<float[]> originals = opened.testExamples(3);
    BufferedImage expected =
        new ImageGrid(shape).drawPairs(originals, opened.reconstruct(originals));
    assertThat(pixels(ImageIO.read(png.toFile()))).isEqualTo(pixels(expected));
  }

  @Test
  void encodeWritesANumpyFile() throws IOException {
    Path npy = folder.resolve("z.npy");

    assertThat(vae.run("encode", run.toString(), "-o", npy.toString())).isZero();

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
    assertThat(List.of(file.getFloat(), file.getFloat(), file.getFloat()))
        .containsExactly(0f, 1f, 2f);
    assertThat(file.remaining()).isEqualTo(12);
  }

  @Test
  void aFolderWithoutARunIsRefused() {
    Path missing = folder.resolve("nothing");

    assertThat(vae.run("sample", missing.toString(), "-o", folder.resolve("x.png").toString()))
        .isEqualTo(ExitCode.USAGE);

    assertThat(vae.err())
        .isEqualTo("vae: " + missing + ": holds no run: there is no config.conf in it\n");
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
    assertThat(opened).isNull();
  }

  @Test
  void anOutputThatIsAFolderOrHasAnotherEndingIsRefused() throws IOException {
    Path png = Files.createDirectory(folder.resolve("x.png"));

    assertThat(vae.run("sample", run.toString(), "-o", png.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: " + png + ": is a folder; name a file with --output\n");
    assertThat(vae.run("sample", run.toString(), "-o", "x.jpg")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: x.jpg: the file's name must end in .png\n");
    assertThat(vae.run("encode", run.toString(), "-o", "x")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: x: the file's name must end in .npy\n");
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
  void examplesThatAreNoImagesCannotBeDrawn() {
    shape = new DataShape(1, 1, 12);

    assertThat(vae.run("sample", run.toString(), "-o", folder.resolve("x.png").toString()))
        .isEqualTo(ExitCode.USAGE);

    assertThat(vae.err())
        .isEqualTo(
            "vae: "
                + run
                + ": its examples are 1 x 12 values and no images, so there is nothing to draw\n");
    assertThat(opened.closed).isTrue();
  }

  @Test
  void countsBelowOneAreRefused() {
    assertThat(vae.run("sample", run.toString(), "-n", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: -n 0: must be between 1 and 10000\n");
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

  /** A run whose pictures are made up. */
  private static final class FakeRun implements TrainedRun {
    private final Experiment experiment;
    private final DataShape shape;
    private final String device;
    private int samples;
    private long seed;
    private boolean closed;

    FakeRun(Experiment experiment, DataShape shape, String device) {
      this.experiment = experiment;
      this.shape = shape;
      this.device = device;
    }

    @Override
    public Experiment experiment() {
      return experiment;
    }

    @Override
    public DataShape shape() {
      return shape;
    }

    @Override
    public PartitionResult evaluateTest(int importanceSamples, long givenSeed) {
      samples = importanceSamples;
      seed = givenSeed;
      return FakeRunner.TEST;
    }

    @Override
    public List<float[]> sample(int count, long givenSeed) {
      seed = givenSeed;
      return Collections.nCopies(count, picture(0.25f));
    }

    @Override
    public List<float[]> testExamples(int count) {
      return Collections.nCopies(count, picture(0.5f));
    }

    @Override
    public List<float[]> reconstruct(List<float[]> examples) {
      return Collections.nCopies(examples.size(), picture(0.75f));
    }

    @Override
    public NDArray encodeTest(NDManager manager) {
      return manager.create(new float[] {0, 1, 2, 3, 4, 5}, new Shape(3, 2));
    }

    @Override
    public void close() {
      closed = true;
    }

    private float[] picture(float value) {
      float[] values = new float[shape.dimensions()];
      Arrays.fill(values, value);
      return values;
    }
  }
}
