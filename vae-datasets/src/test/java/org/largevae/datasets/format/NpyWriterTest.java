package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.largevae.api.dataset.Values;

class NpyWriterTest {
  @TempDir private Path folder;

  /** More than one buffer holds, of a number of examples that is not known before. */
  @ParameterizedTest
  @EnumSource(NpyWriter.Precision.class)
  void whatIsWrittenIsReadAgain(NpyWriter.Precision precision) throws IOException {
    int examples = 12_345;
    byte[] written = array(precision, List.of(2, 3), examples);

    NumericArray read = NpyFile.read(written, "x.npy");

    assertThat(read.sizes()).containsExactly(examples, 2, 3);
    assertThat(read.firstFastest()).isFalse();
    float[] values = ((Values.Reals) read.values()).floats();
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo(i / 8f);
    }
  }

  @Test
  void theValuesBeginAtAMultipleOf64Bytes() throws IOException {
    byte[] written = array(NpyWriter.Precision.DOUBLE, List.of(1), 0);

    assertThat(written).hasSize(192);
    assertThat(written[191]).isEqualTo((byte) '\n');
    assertThat(new String(written, 10, 80, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 1), }");
  }

  private byte[] array(NpyWriter.Precision precision, List<Integer> shape, int examples)
      throws IOException {
    Path file = folder.resolve("x.npy");
    int size = shape.stream().reduce(1, (a, b) -> a * b);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      NpyWriter writer = new NpyWriter(channel, precision, shape);
      for (int example = 0; example < examples; example++) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
          values[i] = (example * size + i) / 8.0;
        }
        writer.write(values);
      }
      writer.finish();
    }
    return Files.readAllBytes(file);
  }
}
