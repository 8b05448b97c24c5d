package org.largevae.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.SettingKey;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.datasets.format.CsvFormat;

/** The keys of the section {@code dataset}, each in its own record. */
class DatasetSettingsTest {
  private static final List<Integer> FOUR_SIZES = List.of(1, 2, 3, 4);

  /** A key with a question mark may be left out, one without a default must be given. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "csv; file, separator = comma, header = auto, comment?, decimal = point, leave-out = [],"
            + " shape?, pixel-order = rows, channel-axis = auto, values = auto",
        "idx; file, labels?",
        "images; folder, width = 28, height = 28, channels = 1, labels = auto",
        "matlab; file, variable?, example-axis = first, shape?, pixel-order = rows,"
            + " channel-axis = auto, values = auto",
        "numpy; file, array?, example-axis = first, shape?, pixel-order = rows,"
            + " channel-axis = auto, values = auto",
      })
  void keysAndDefaultsStayTheSame(String dataset, String keys) {
    DatasetProvider<?> provider =
        ServiceLoader.load(DatasetProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals(dataset))
            .findFirst()
            .orElseThrow();
    assertThat(
            provider.settings().keys().stream()
                .map(DatasetSettingsTest::shown)
                .collect(Collectors.joining(", ")))
        .isEqualTo(keys);
  }

  @Test
  void recordsMadeInJavaAreChecked() {
    assertThatThrownBy(() -> new ImagesSettings("pictures", 28, 28, 2, "auto"))
        .isInstanceOf(SettingException.class)
        .hasMessage("channels: must be 1 (grey) or 3 (RGB)");
    assertThatThrownBy(() -> table(Optional.of(FOUR_SIZES), ArrayLayout.PixelOrder.ROWS))
        .isInstanceOf(SettingException.class)
        .hasMessage("shape: must have 1 to 3 sizes, as [28, 20] or [32, 32, 3]");
    assertThatThrownBy(() -> table(Optional.empty(), ArrayLayout.PixelOrder.COLUMNS))
        .isInstanceOf(SettingException.class)
        .hasMessage("pixel-order: needs dataset.shape, the height and width of an image");
  }

  private static CsvSettings table(
      Optional<List<Integer>> shape, ArrayLayout.PixelOrder pixelOrder) {
    return new CsvSettings(
        "x.csv",
        CsvFormat.Separator.COMMA,
        CsvFormat.Header.AUTO,
        Optional.empty(),
        CsvFormat.Decimal.POINT,
        List.of(),
        shape,
        pixelOrder,
        ArrayLayout.ChannelAxis.AUTO,
        ValueScale.AUTO);
  }

  private static String shown(SettingKey key) {
    String text = key.defaultText().map(value -> " = " + value).orElse("");
    return key.key() + (key.isOptional() ? "?" : "") + text;
  }
}
