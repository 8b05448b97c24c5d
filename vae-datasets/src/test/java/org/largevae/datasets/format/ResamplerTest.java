package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResamplerTest {

  @Test
  void agreesWithPillow() throws IOException {
    List<String> lines = lines();
    assertThat(lines).hasSize(21);
    for (int i = 0; i < lines.size(); i += 3) {
      int[] sizes = Arrays.stream(lines.get(i).split(" ")).mapToInt(Integer::parseInt).toArray();
      byte[] plane = new byte[sizes[0] * sizes[1]];
      String[] source = lines.get(i + 1).split(" ");
      for (int j = 0; j < plane.length; j++) {
        plane[j] = (byte) Integer.parseInt(source[j]);
      }
      float[] resized = resize(plane, sizes[0], sizes[1], sizes[2], sizes[3]);
      String[] expected = lines.get(i + 2).split(" ");
      assertThat(resized).hasSameSizeAs(expected);
      for (int j = 0; j < resized.length; j++) {
        assertThat(resized[j]).isCloseTo(Float.parseFloat(expected[j]), within(1e-3f));
      }
    }
  }

  @Test
  void theSameSizeKeepsEveryValue() {
    byte[] plane = {0, 1, (byte) 200, (byte) 255, 7, 9};
    assertThat(resize(plane, 3, 2, 3, 2)).containsExactly(0, 1, 200, 255, 7, 9);
  }

  @Test
  void aConstantStaysConstantAtEverySize() {
    byte[] plane = new byte[31 * 17];
    Arrays.fill(plane, (byte) 200);
    for (int size : new int[] {1, 2, 5, 16, 17, 40, 100}) {
      for (float value : resize(plane, 31, 17, size, 2 * size)) {
        assertThat(value).isCloseTo(200f, within(1e-3f));
      }
    }
  }

  private static float[] resize(byte[] plane, int width, int height, int newWidth, int newHeight) {
    return Resampler.resize(
        plane, width, new Resampler(width, newWidth), new Resampler(height, newHeight));
  }

  private static List<String> lines() throws IOException {
    try (InputStream stream =
        ResamplerTest.class.getResourceAsStream("/org/largevae/datasets/resampled.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }
}
