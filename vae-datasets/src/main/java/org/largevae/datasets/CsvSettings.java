package org.largevae.datasets;

import java.util.List;
import java.util.Optional;
import org.largevae.api.config.Setting;
import org.largevae.datasets.format.CsvFormat;

/**
 * The settings of {@link CsvProvider}.
 *
 * @param file the path of a CSV file
 * @param separator what stands between the fields of a line
 * @param header whether the first line names the columns
 * @param comment the character that lines to be passed over begin with
 * @param decimal what stands before the decimals of a number
 * @param leaveOut columns that are no part of the data, by name or by number from 1
 * @param shape of an example stored as one row
 * @param pixelOrder how such a row holds an image
 * @param channelAxis where a colour image has its channels
 * @param values what the numbers mean
 */
public record CsvSettings(
    @Setting(meaning = "your CSV file") String file,
    @Setting(value = "comma", meaning = CsvFormat.SEPARATOR_MEANING) CsvFormat.Separator separator,
    @Setting(value = "auto", meaning = CsvFormat.HEADER_MEANING) CsvFormat.Header header,
    @Setting(meaning = CsvFormat.COMMENT_MEANING) Optional<String> comment,
    @Setting(value = "point", meaning = CsvFormat.DECIMAL_MEANING) CsvFormat.Decimal decimal,
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

  /**
   * Copies the list and checks the shape and the format.
   *
   * @throws org.largevae.api.config.SettingException if the shape has no size or more than 3, or is
   *     left out where the order of pixels needs it, or the keys of the format do not go together
   */
  public CsvSettings {
    leaveOut = List.copyOf(leaveOut);
    shape = ArrayLayout.checked(shape, pixelOrder);
    new CsvFormat(separator, header, comment, decimal);
  }

  CsvFormat format() {
    return new CsvFormat(separator, header, comment, decimal);
  }

  ArrayLayout layout() {
    return new ArrayLayout(Optional.empty(), shape, pixelOrder, channelAxis, values);
  }
}
