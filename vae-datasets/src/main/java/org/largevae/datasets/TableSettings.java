package org.largevae.datasets;

import java.util.List;
import java.util.Optional;
import org.largevae.api.config.Setting;
import org.largevae.datasets.format.CsvFormat;

/**
 * The settings of {@link TableProvider}.
 *
 * @param file the path of a CSV file
 * @param separator what stands between the fields of a line
 * @param header whether the first line names the columns
 * @param comment the character that lines to be passed over begin with
 * @param decimal what stands before the decimals of a number
 * @param missing what stands where there is no value
 */
public record TableSettings(
    @Setting(meaning = "your CSV file") String file,
    @Setting(value = "comma", meaning = CsvFormat.SEPARATOR_MEANING) CsvFormat.Separator separator,
    @Setting(value = "auto", meaning = CsvFormat.HEADER_MEANING) CsvFormat.Header header,
    @Setting(meaning = CsvFormat.COMMENT_MEANING) Optional<String> comment,
    @Setting(value = "point", meaning = CsvFormat.DECIMAL_MEANING) CsvFormat.Decimal decimal,
    @Setting(
            value = "[\"\", \"NA\", \"N/A\", \"NaN\", \"null\", \"None\", \"?\"]",
            mayBeEmpty = true,
            meaning = "what stands where there is no value, in letters of either case")
        List<String> missing) {

  /**
   * Copies the list and checks the format.
   *
   * @throws org.largevae.api.config.SettingException if the keys of the format do not go together
   */
  public TableSettings {
    missing = List.copyOf(missing);
    new CsvFormat(separator, header, comment, decimal);
  }

  CsvFormat format() {
    return new CsvFormat(separator, header, comment, decimal);
  }
}
