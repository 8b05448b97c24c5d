package org.largevae.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.Values;
import org.largevae.api.files.Sha256;

/** How the datasets numpy, matlab and csv bring arrays to examples. */
class OwnArraysTest {
  @TempDir Path base;

  @Test
  void rowsAreExamplesOfValues() throws IOException {
    npy("x.npy", "<f4", "(2, 3)", 6);
    Dataset dataset = numpy("file = x.npy");
    assertThat(dataset.name()).isEqualTo("numpy");
    assertThat(dataset.shape()).isEqualTo(new DataShape(1, 1, 3));
    assertThat(values(dataset)).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(dataset.fingerprints())
        .isEqualTo(Map.of("x.npy", Sha256.hex(Files.readAllBytes(base.resolve("x.npy")))));
  }

  @Test
  void examplesMayLieAlongTheLastAxis() throws IOException {
    npy("x.npy", "<f4", "(3, 2)", 6);
    Dataset dataset = numpy("file = x.npy, example-axis = last");
    assertThat(dataset.size()).isEqualTo(2);
    assertThat(values(dataset)).containsExactly(0, 2, 4, 1, 3, 5);
  }

  @Test
  void rowsBecomeImages() throws IOException {
    npy("x.npy", "|u1", "(2, 6)", 12);
    Dataset byRows = numpy("file = x.npy, shape = [2, 3]");
    assertThat(byRows.shape()).isEqualTo(new DataShape(1, 2, 3));
    assertThat(byRows.values()).isInstanceOf(Values.Pixels.class);
    assertThat(values(byRows)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    Dataset byColumns = numpy("file = x.npy, shape = [2, 3], pixel-order = columns");
    assertThat(values(byColumns)).containsExactly(0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11);
  }

  @Test
  void axesOfImagesAreTaken() throws IOException {
    npy("x.npy", "|u1", "(2, 2, 3)", 12);
    assertThat(numpy("file = x.npy").shape()).isEqualTo(new DataShape(1, 2, 3));
    assertThat(values(numpy("file = x.npy, example-axis = last")))
        .containsExactly(0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11);
  }

  @Test
  void channelsAreFoundWhereTheyAre() throws IOException {
    npy("last.npy", "|u1", "(1, 2, 2, 3)", 12);
    npy("first.npy", "|u1", "(1, 3, 2, 2)", 12);
    npy("rows.npy", "|u1", "(1, 12)", 12);
    float[] planes = {0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11};
    Dataset last = numpy("file = last.npy");
    assertThat(last.shape()).isEqualTo(new DataShape(3, 2, 2));
    assertThat(values(last)).containsExactly(planes);
    Dataset first = numpy("file = first.npy");
    assertThat(first.shape()).isEqualTo(new DataShape(3, 2, 2));
    assertThat(values(first)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(values(numpy("file = rows.npy, shape = [2, 2, 3]"))).containsExactly(planes);
    assertThat(values(numpy("file = rows.npy, shape = [3, 2, 2]")))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(numpy("file = last.npy, channel-axis = first").shape())
        .isEqualTo(new DataShape(2, 2, 3));
  }

  @Test
  void matlabsOrderOfAxesIsUndone() throws IOException {
    copy("types.mat");
    // 2 x 3 x 4 whose value at (i, j, k), from 0, is 5 (12 i + 4 j + k)
    Dataset first = matlab("file = types.mat, variable = x_u1");
    assertThat(first.shape()).isEqualTo(new DataShape(1, 3, 4));
    assertThat(first.size()).isEqualTo(2);
    assertThat(values(first)).containsExactly(counted(24, 5));
    Dataset last = matlab("file = types.mat, variable = x_u1, example-axis = last");
    assertThat(last.shape()).isEqualTo(new DataShape(1, 2, 3));
    assertThat(last.size()).isEqualTo(4);
    assertThat(values(last)).startsWith(0, 20, 40, 60, 80, 100, 5, 25);
    assertThat(last.fingerprints())
        .isEqualTo(Map.of("types.mat", Sha256.hex(Files.readAllBytes(base.resolve("types.mat")))));
  }

  /** A matrix of 560 x N with each face in a column, row by row, as frey_rawface.mat has them. */
  @Test
  void facesInTheColumnsOfAMatrixAreRead() throws IOException {
    copy("columns.mat");
    Dataset dataset = matlab("file = columns.mat, example-axis = last, shape = [28, 20]");
    assertThat(dataset.shape()).isEqualTo(new DataShape(1, 28, 20));
    assertThat(dataset.size()).isEqualTo(3);
    byte[] pixels = ((Values.Pixels) dataset.values()).bytes();
    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i] & 0xff).isEqualTo(7 * i % 256);
    }
  }

  @Test
  void numbersMeanWhatTheConfigurationSays() throws IOException {
    Files.writeString(base.resolve("x.csv"), "0,128,255\n1,2,3\n");
    assertThat(csv("file = x.csv").values()).isInstanceOf(Values.Reals.class);
    Dataset pixels = csv("file = x.csv, values = pixels");
    assertThat(pixels.values()).isInstanceOf(Values.Pixels.class);
    assertThat(values(pixels)).containsExactly(0, 128, 255, 1, 2, 3);
    Files.writeString(base.resolve("unit.csv"), "0,0.5019608,1\n0.25,0.001,0.999\n");
    assertThat(values(csv("file = unit.csv, values = unit")))
        .containsExactly(0, 128, 255, 64, 0, 255);
    npy("x.npy", "|u1", "(1, 2)", 2);
    assertThat(numpy("file = x.npy, values = reals").values()).isInstanceOf(Values.Reals.class);
    assertThat(values(numpy("file = x.npy, values = unit"))).containsExactly(0, 255);
  }

  @Test
  void aTableOfPicturesIsRead() throws IOException {
    Files.writeString(base.resolve("x.csv"), "label;a;b;c;d\nseven;0;1;2;3\none;4;5;6;7\n");
    Dataset dataset =
        csv("file = x.csv, separator = semicolon, leave-out = [label], shape = [2, 2]");
    assertThat(dataset.shape()).isEqualTo(new DataShape(1, 2, 2));
    assertThat(values(dataset)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(dataset.fingerprints()).containsOnlyKeys("x.csv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "values = pixels; x.csv: line 2, column 2 is 1.5, but dataset.values = pixels needs whole"
            + " numbers from 0 to 255",
        "values = unit; x.csv: line 1, column 1 is 7.0, but dataset.values = unit needs numbers from"
            + " 0 to 1",
      })
  void aValueOutOfRangeIsNamed(String section, String message) throws IOException {
    Files.writeString(base.resolve("x.csv"), "7,0\n1,1.5\n");
    assertThatThrownBy(() -> csv("file = x.csv, " + section))
        .isInstanceOf(DataException.class)
        .hasMessage(base + "/" + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "; dataset.file: is missing",
        "file = x.npy, example-axis = middle; dataset.example-axis = \"middle\": must be one of",
        "file = x.npy, shape = [2, 2]; dataset.shape = [2, 2]: has 4 values, but an example of",
        "file = x.npy, shape = [2]; dataset.shape = [2]: has 2 values, but an example of BASE/x.npy"
            + " (2 x 6) has 6; examples lie along its other axis, see dataset.example-axis",
        "file = x.npy, shape = []; dataset.shape = []: must have 1 to 3 sizes, as [28, 20]",
        "file = x.npy, shape = [0]; dataset.shape = [0]: each must be at least 1",
        "file = x.npy, pixel-order = columns; dataset.pixel-order = \"columns\": needs dataset.shape",
        "file = x.npy, array = a; dataset.array = \"a\": is for archives (.npz), but",
        "file = x.npy, values = unity; dataset.values = \"unity\": must be one of auto, pixels,",
        "file = cube.npy, shape = [6]; dataset.shape = [6]: is for examples stored as one row",
        "file = doubtful.npy; dataset.channel-axis = \"auto\": cannot tell which axis of an example",
        "file = types.npz; dataset.array: is not set, but BASE/types.npz holds 48: b1_little_C,",
        "file = types.npz, array = f4_big; dataset.array = \"f4_big\": is not in BASE/types.npz,",
      })
  void badSettingsAreConfigurationErrors(String section, String message) throws IOException {
    copy("types.npz");
    npy("x.npy", "|u1", "(2, 6)", 12);
    npy("cube.npy", "|u1", "(2, 2, 3)", 12);
    npy("doubtful.npy", "|u1", "(1, 3, 4, 3)", 36);
    assertThatThrownBy(() -> numpy(section == null ? "" : section))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message.replace("BASE", base.toString()));
  }

  @Test
  void filesThatAreNotThereAreNamed() {
    for (DatasetProvider<?> provider :
        List.of(new NumpyProvider(), new MatlabProvider(), new CsvProvider())) {
      assertThatThrownBy(() -> TestFiles.load(provider, "file = nowhere", base))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(
              base.resolve("nowhere") + ": is not an existing file; dataset.file must name your ");
    }
  }

  @Test
  void arraysOfTooFewOrTooManyAxesAreRefused() throws IOException {
    npy("x.npy", "|u1", "(6,)", 6);
    npy("many.npy", "|u1", "(1, 1, 1, 1, 6)", 6);
    for (String name : new String[] {"x.npy", "many.npy"}) {
      assertThatThrownBy(() -> numpy("file = " + name))
          .isInstanceOf(DataException.class)
          .hasMessageMatching(".*" + name + ": has \\d axes \\(.*\\); it needs 2 to 4: .*");
    }
  }

  private Dataset numpy(String section) {
    return TestFiles.load(new NumpyProvider(), section, base);
  }

  private Dataset matlab(String section) {
    return TestFiles.load(new MatlabProvider(), section, base);
  }

  private Dataset csv(String section) {
    return TestFiles.load(new CsvProvider(), section, base);
  }

  private void copy(String name) throws IOException {
    try (InputStream file = OwnArraysTest.class.getResourceAsStream("own/" + name)) {
      Files.write(base.resolve(name), file.readAllBytes());
    }
  }

  /** An array of the values 0, 1, 2 ... */
  private void npy(String name, String type, String sizes, int count) throws IOException {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + sizes + "}\n";
    ByteBuffer file = ByteBuffer.allocate(10 + header.length() + 4 * count);
    file.order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    file.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < count; i++) {
      if (type.equals("<f4")) {
        file.putFloat(i);
      } else {
        file.put((byte) i);
      }
    }
    byte[] content = new byte[file.position()];
    file.flip().get(content);
    Files.write(base.resolve(name), content);
  }

  private static float[] counted(int count, int factor) {
    float[] values = new float[count];
    IntStream.range(0, count).forEach(i -> values[i] = i * factor);
    return values;
  }

  private static float[] values(Dataset dataset) {
    if (dataset.values() instanceof Values.Reals reals) {
      return reals.floats();
    }
    byte[] bytes = ((Values.Pixels) dataset.values()).bytes();
    float[] values = new float[bytes.length];
    IntStream.range(0, bytes.length).forEach(i -> values[i] = bytes[i] & 0xff);
    return values;
  }
}
