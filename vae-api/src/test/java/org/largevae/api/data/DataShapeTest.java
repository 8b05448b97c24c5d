package org.largevae.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataShapeTest {

  @Test
  void readsAsItsAxes() {
    assertThat(new DataShape(1, 28, 20)).hasToString("28 x 20");
    assertThat(new DataShape(3, 28, 20)).hasToString("3 x 28 x 20");
  }

  @ParameterizedTest
  @CsvSource({"1, 28, 20, true", "3, 2, 1, true", "1, 1, 20, false", "2, 28, 20, false"})
  void anImageHasOneOrThreeChannelsAndRows(int channels, int height, int width, boolean image) {
    assertThat(new DataShape(channels, height, width).isImage()).isEqualTo(image);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, -2, 1", "1, 1, 0"})
  void anAxisBelowOneIsRefused(int channels, int height, int width) {
    assertThatThrownBy(() -> new DataShape(channels, height, width))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            String.format(
                Locale.ROOT,
                "data shape %d x %d x %d has an axis below 1",
                channels,
                height,
                width));
  }

  @Test
  void dimensionsBeyondAnIntAreRefused() {
    assertThat(new DataShape(3, 28, 20).dimensions()).isEqualTo(1680);
    assertThatThrownBy(new DataShape(3, 50_000, 50_000)::dimensions)
        .isInstanceOf(ArithmeticException.class);
  }
}
