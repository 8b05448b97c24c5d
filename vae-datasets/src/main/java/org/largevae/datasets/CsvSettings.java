package org.largevae.datasets;

import java.util.List;
import java.util.Optional;
import org.largevae.api.config.Setting;
import org.largevae.datasets.format.CsvTable;

/**
 * The settings of {@link CsvProvider}.
 *
 * @param file the path of a CSV file
 * @param separator what stands between the fields of a line
 * @param header whether the first line names the columns
 * @param leaveOut columns that are no part of the data, by name or by number from 1
 * @param shape of an example stored as one row
 * @param pixelOrder how such a row holds an image
 * @param channelAxis where a colour image has its channels
 * @param values what the numbers mean
 */
public record CsvSettings(
    @Setting(meaning = "your CSV file") String file,
    @Setting(value = "comma", meaning = "what stands between the fields of a line")
        Separator separator,
    @Setting(
            value = "auto",
            meaning = "whether the first line names the columns; auto: if no field is a number")
        CsvTable.Header header,
    @Setting(
            value = "[]",
            mayBeEmpty = true,
            meaning = "columns that are no part of the data, by name or by number from 1")
        List<String> leaveOut,
    @Setting(atLeast = 1, mayBeEmpty = true, meaning = ArrayLayout.SHAPE_MEANING)
        Optional<List<Integer>> shape,
    @Setting(value = "rows", meaning = ArrayLayout.PIXEL_ORDER_MEANING)
        ArrayLayout.PixelOrder pixelOrder,
    @Setting(value = "auto", meaning = ArrayLayout.CHANNEL_AXIS_MEANING)
        ArrayLayout.ChannelAxis channelAxis,
    @Setting(value = "auto", meaning = ValueScale.MEANING) ValueScale values) {

  /** What stands between the fields of a line. */
  public enum Separator {
    /** A comma. */
    COMMA(','),
    /** A semicolon. */
    SEMICOLON(';'),
    /** A tab stop. */
    TAB('\t'),
    /** A blank. */
    SPACE(' ');

    private final char character;

    Separator(char character) {
      this.character = character;
    }

    char character() {
      return character;
    }
  }

  /**
   * Copies the list and checks the shape.
   *
   * @throws org.largevae.api.config.SettingException if it has no size or more than 3, or is left
   *     out where the order of pixels needs it
   */
  public CsvSettings {
    leaveOut = List.copyOf(leaveOut);
    shape = ArrayLayout.checked(shape, pixelOrder);
  }

  ArrayLayout layout() {
    return new ArrayLayout(Optional.empty(), shape, pixelOrder, channelAxis, values);
  }
}
