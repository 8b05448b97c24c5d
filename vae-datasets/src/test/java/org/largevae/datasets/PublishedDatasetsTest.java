package org.largevae.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.NoSettings;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.Values;

class PublishedDatasetsTest {
  private static final DataShape MNIST_SHAPE = new DataShape(1, 28, 28);

  @TempDir Path folder;

  @Test
  void allAreFoundAsServices() {
    assertThat(ServiceLoader.load(DatasetProvider.class))
        .extracting(provider -> provider.name())
        .containsExactlyInAnyOrder(
            "caltech101-silhouettes",
            "cifar10",
            "csv",
            "digits",
            "fashion-mnist",
            "freyfaces",
            "histopathology",
            "idx",
            "images",
            "matlab",
            "mnist",
            "numpy",
            "omniglot",
            "svhn",
            "table");
  }

  @Test
  void allDescribeThemselvesInOneLine() {
    assertThat(ServiceLoader.load(DatasetProvider.class))
        .extracting(provider -> provider.description())
        .allSatisfy(line -> assertThat(line).isNotBlank().doesNotContain("\n").doesNotEndWith("."));
  }

  @Test
  void everyFileButThoseMadeOfAPickleIsPublishedOverHttpsUnderItsName() {
    for (DatasetProvider<?> provider : ServiceLoader.load(DatasetProvider.class)) {
      for (DataFile file : provider.files()) {
        boolean madeOfAPickle =
            provider instanceof FreyFacesProvider || provider instanceof HistopathologyProvider;
        assertThat(file.addresses().isEmpty()).isEqualTo(madeOfAPickle);
        assertThat(file.addresses())
            .allSatisfy(
                address -> {
                  assertThat(address).hasScheme("https");
                  assertThat(address.getPath()).endsWith("/" + file.name());
                });
      }
    }
  }

  static Stream<DatasetProvider<?>> provided() {
    return Stream.of(new DigitsProvider(), new MnistProvider(), new FreyFacesProvider());
  }

  /** The facts come from an independent reading by NumPy, see src/test/python. */
  @ParameterizedTest
  @MethodSource("provided")
  void theRealDataAreTheOnesNumpyReads(DatasetProvider<?> provider) throws IOException {
    Dataset dataset = TestFiles.load(provider, "", folder);
    byte[] pixels = pixels(dataset);
    List<String> facts = facts(provider.name());
    long sum = 0;
    long squares = 0;
    for (byte pixel : pixels) {
      sum += pixel & 0xff;
      squares += (long) (pixel & 0xff) * (pixel & 0xff);
    }
    assertThat(facts.get(0))
        .isEqualTo(
            String.format(
                Locale.ROOT, "%s %d %d %d", provider.name(), pixels.length, sum, squares));
    for (String fact : facts.get(1).split(" ")) {
      int[] placeAndValue = Arrays.stream(fact.split(":")).mapToInt(Integer::parseInt).toArray();
      assertThat(pixels[placeAndValue[0]] & 0xff).isEqualTo(placeAndValue[1]);
    }
  }

  @Test
  void sizesShapesAndFingerprintsAreThePublishedOnes() {
    Dataset digits = TestFiles.load(new DigitsProvider(), "", folder);
    Dataset mnist = TestFiles.load(new MnistProvider(), "", folder);
    Dataset faces = TestFiles.load(new FreyFacesProvider(), "", folder);
    assertThat(digits.size()).isEqualTo(10_000);
    assertThat(digits.shape()).isEqualTo(MNIST_SHAPE);
    assertThat(digits.name()).isEqualTo("digits");
    assertThat(mnist.size()).isEqualTo(70_000);
    assertThat(mnist.shape()).isEqualTo(MNIST_SHAPE);
    assertThat(faces.size()).isEqualTo(1965);
    assertThat(faces.shape()).isEqualTo(new DataShape(1, 28, 20));
    assertThat(mnist.fingerprints())
        .containsOnlyKeys("train-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte.gz")
        .containsAllEntriesOf(digits.fingerprints());
    assertThat(faces.fingerprints())
        .isEqualTo(
            Map.of(
                "freyfaces.npy",
                "2177ea074dc1d5ce35294c687dfce79ced65db6d7b745d95a2e1757fcfbe41c0"));
  }

  @Test
  void mnistEndsWithThePublishedTestImages() {
    byte[] all = pixels(TestFiles.load(new MnistProvider(), "", folder));
    byte[] test = pixels(TestFiles.load(new DigitsProvider(), "", folder));
    assertThat(Arrays.copyOfRange(all, all.length - test.length, all.length)).isEqualTo(test);
  }

  @Test
  void digitsNeedNoFolder() {
    assertThat(TestFiles.offline(folder).locate(new DigitsProvider().files().get(0)))
        .hasValueSatisfying(place -> assertThat(place).contains("vae-datasets"));
  }

  @Test
  void fashionMnistIsNotMistakenForMnist() {
    FashionMnistProvider fashion = new FashionMnistProvider();
    assertThat(fashion.files())
        .extracting(DataFile::name)
        .containsExactly("train-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte.gz");
    assertThat(fashion.files())
        .allSatisfy(file -> assertThat(TestFiles.offline(folder).locate(file)).isEmpty());
    assertThatThrownBy(() -> TestFiles.load(fashion, "", folder))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "fashion-mnist/train-images-idx3-ubyte.gz is not on this machine and downloading is"
                + " switched off: put train-images-idx3-ubyte.gz, published at"
                + " https://github.com/zalandoresearch/fashion-mnist/");
  }

  @Test
  void anArrayOfAnotherShapeIsRefused() {
    byte[] labels = {0, 0, 8, 1, 0, 0, 0, 2, 5, 7};
    assertThatThrownBy(() -> new DigitsProvider().load(new NoSettings(), giving(labels)))
        .isInstanceOf(DataException.class)
        .hasMessage("t10k-images-idx3-ubyte.gz: holds an array of [2], not images of 28 x 28");
    byte[] small = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5};
    assertThatThrownBy(() -> new DigitsProvider().load(new NoSettings(), giving(small)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "t10k-images-idx3-ubyte.gz: holds an array of [1, 1, 1], not images of 28 x 28");
  }

  @Test
  void labelsComeInTheOrderOfTheImagesWhereTheyAreAtHand() {
    byte[] black = new byte[16 + 2 * 784];
    System.arraycopy(
        new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28}, 0, black, 0, 16);
    Map<String, byte[]> contents =
        Map.of(
            "train-images-idx3-ubyte.gz",
            black,
            "t10k-images-idx3-ubyte.gz",
            black,
            "train-labels-idx1-ubyte.gz",
            new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 5, 0},
            "t10k-labels-idx1-ubyte.gz",
            new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 9, 5});
    Dataset mnist = new MnistProvider().load(new NoSettings(), giving(contents));
    assertThat(mnist.labels().orElseThrow().names()).containsExactly("0", "5", "9");
    assertThat(mnist.labels().orElseThrow().indices()).containsExactly(1, 0, 2, 1);
    assertThat(mnist.fingerprints())
        .containsOnlyKeys("train-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte.gz");
    Dataset digits = new DigitsProvider().load(new NoSettings(), giving(contents));
    assertThat(digits.labels().orElseThrow().names()).containsExactly("5", "9");
    assertThat(new DigitsProvider().load(new NoSettings(), giving(black)).labels()).isEmpty();
  }

  @Test
  void facesOfAnotherShapeOrTypeAreRefused() {
    assertFacesRefused("|u1", "False", "(1, 2, 2)", 4);
    assertFacesRefused("|u1", "False", "(560,)", 560);
    assertFacesRefused("|u1", "True", "(1, 28, 20)", 560);
    assertFacesRefused("<i2", "False", "(1, 28, 20)", 1120);
  }

  private static void assertFacesRefused(String type, String order, String shape, int bytes) {
    String header =
        String.format(
            Locale.ROOT, "{'descr': '%s', 'fortran_order': %s, 'shape': %s}", type, order, shape);
    ByteBuffer npy = ByteBuffer.allocate(10 + header.length() + bytes);
    npy.order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) header.length())
        .put(header.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> new FreyFacesProvider().load(new NoSettings(), giving(npy.array())))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("freyfaces.npy: holds an array of [")
        .hasMessageEndingWith("not images of 28 x 20, row by row, of unsigned bytes");
  }

  /** The same for every file; none of them is known to be at hand. */
  private static DataFiles giving(byte[] content) {
    return giving(file -> content, file -> Optional.empty());
  }

  private static DataFiles giving(Map<String, byte[]> contents) {
    return giving(
        file -> contents.get(file.name()),
        file -> Optional.of(file.name()).filter(contents::containsKey));
  }

  private static DataFiles giving(
      Function<DataFile, byte[]> read, Function<DataFile, Optional<String>> locate) {
    return new DataFiles() {
      @Override
      public byte[] read(DataFile file) {
        return read.apply(file);
      }

      @Override
      public Optional<String> locate(DataFile file) {
        return locate.apply(file);
      }

      @Override
      public Path resolve(String path) {
        return Path.of(path);
      }
    };
  }

  private static byte[] pixels(Dataset dataset) {
    return ((Values.Pixels) dataset.values()).bytes();
  }

  private static List<String> facts(String name) throws IOException {
    try (InputStream stream =
        PublishedDatasetsTest.class.getResourceAsStream("/org/largevae/datasets/facts.txt")) {
      List<String> lines =
          new String(stream.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
      int at = 0;
      while (!lines.get(at).startsWith(name + " ")) {
        at++;
      }
      return lines.subList(at, at + 2);
    }
  }
}
