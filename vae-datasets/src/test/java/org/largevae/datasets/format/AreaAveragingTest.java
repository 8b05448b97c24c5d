package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.largevae.api.image.AreaAveraging;

class AreaAveragingTest {
  private static final int GREY = 0x010101;

  /** The means come from NumPy, see src/test/python. */
  @Test
  void everyPixelIsTheMeanOfTheAreaThatItCovers() throws IOException {
    List<String> lines = lines();
    assertThat(lines).hasSize(21);
    for (int i = 0; i < lines.size(); i += 3) {
      int[] sizes = numbers(lines.get(i));
      int[] pixels = Arrays.stream(numbers(lines.get(i + 1))).map(v -> v * GREY).toArray();
      int[] resized = AreaAveraging.resize(pixels, sizes[0], sizes[1], sizes[2], sizes[3]);
      String[] means = lines.get(i + 2).split(" ");
      assertThat(resized).hasSameSizeAs(means);
      for (int j = 0; j < resized.length; j++) {
        double mean = Double.parseDouble(means[j]);
        assertThat((double) (resized[j] & 0xff)).isCloseTo(mean, within(0.501));
      }
    }
  }

  @Test
  void channelsAreKeptApart() {
    int[] pixels = {0xff0010, 0x010020, 0x008030, 0x000040};
    assertThat(AreaAveraging.resize(pixels, 4, 1, 2, 1)).containsExactly(0xff800018, 0xff004038);
  }

  @Test
  void theSameSizeKeepsEveryValue() {
    int[] pixels = {0, 0x010203, 0xc8c8c8, 0xffffff, 0x070809, 0x0a0b0c};
    assertThat(AreaAveraging.resize(pixels, 3, 2, 3, 2))
        .containsExactly(Arrays.stream(pixels).map(pixel -> pixel | 0xff000000).toArray());
  }

  @Test
  void aConstantStaysConstantAtEverySize() {
    int[] pixels = new int[31 * 17];
    Arrays.fill(pixels, 200 * GREY);
    for (int size : new int[] {1, 2, 5, 16, 17, 40, 100}) {
      for (int pixel : AreaAveraging.resize(pixels, 31, 17, size, 2 * size)) {
        assertThat(pixel & 0xff).isEqualTo(200);
      }
    }
  }

  /** More addends than the single precision of one pass of the filter takes. */
  @Test
  void manyPixelsBecomeOneWithoutALoss() {
    int[] pixels = new int[5000 * 4000];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i % 5000 < 2500 ? 100 : 140) * GREY;
    }
    assertThat(AreaAveraging.resize(pixels, 5000, 4000, 1, 1)).containsExactly(0xff787878);
    assertThat(AreaAveraging.resize(pixels, 4000, 5000, 1, 1)).containsExactly(0xff787878);
    assertThat(AreaAveraging.resize(pixels, 20_000_000, 1, 1, 1)).containsExactly(0xff787878);
  }

  private static int[] numbers(String line) {
    return Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static List<String> lines() throws IOException {
    try (InputStream stream =
        AreaAveragingTest.class.getResourceAsStream("/org/largevae/datasets/resized.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }
}
