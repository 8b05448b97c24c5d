package org.largevae.core.table;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;
import org.largevae.api.files.MessageText;

/**
 * What the columns of a table are. Those that no key names are guessed. A kind's {@code "*"} stands
 * for all columns that no other key names.
 *
 * @param real any numbers
 * @param positive numbers above 0, modelled on a log scale
 * @param count whole numbers from 0 on
 * @param binary 0 or 1, or one of two words
 * @param category one of several words or numbers without an order
 * @param ordinal one of several numbers in their order, or words whose order is given
 * @param leaveOut no part of the data
 * @param identifier names the rows
 * @param label the rows' classes, which a model does not see
 * @param mayBeMissing columns that rows to be scored may lack though none lacks them here
 */
public record ColumnSettings(
    @Setting(
            value = "[]",
            mayBeEmpty = true,
            meaning =
                "columns of any numbers; \"*\" here or in another kind but ordinal for all that no key"
                    + " names")
        List<String> real,
    @Setting(
            value = "[]",
            mayBeEmpty = true,
            meaning = "columns of numbers above 0, modelled on a log scale")
        List<String> positive,
    @Setting(value = "[]", mayBeEmpty = true, meaning = "columns of whole numbers from 0 on")
        List<String> count,
    @Setting(value = "[]", mayBeEmpty = true, meaning = "columns of 0 and 1, or of two words")
        List<String> binary,
    @Setting(
            value = "[]",
            mayBeEmpty = true,
            meaning = "columns of one of several words or numbers without an order")
        List<String> category,
    @Setting(
            value = "[]",
            mayBeEmpty = true,
            meaning =
                "columns of one of several numbers in their order, or of words whose order is"
                    + " given, as \"size: small < medium < large\"")
        List<String> ordinal,
    @Setting(value = "[]", mayBeEmpty = true, meaning = "columns that are no part of the data")
        List<String> leaveOut,
    @Setting(meaning = "the column that names the rows; a model does not see it")
        Optional<String> identifier,
    @Setting(meaning = "the column of the rows' classes; a model does not see it")
        Optional<String> label,
    @Setting(
            value = "[]",
            mayBeEmpty = true,
            meaning = "columns that rows may lack later though none lacks them now; \"*\" for all")
        List<String> mayBeMissing) {

  /** Stands for all columns, of a kind for all that no other key names. */
  static final String ALL = "*";

  /**
   * Copies the lists.
   *
   * @throws SettingException if two keys name the same column
   */
  public ColumnSettings {
    real = List.copyOf(real);
    positive = List.copyOf(positive);
    count = List.copyOf(count);
    binary = List.copyOf(binary);
    category = List.copyOf(category);
    ordinal = List.copyOf(ordinal);
    leaveOut = List.copyOf(leaveOut);
    mayBeMissing = List.copyOf(mayBeMissing);
    Map<String, List<String>> keys = new LinkedHashMap<>();
    keys.put("real", real);
    keys.put("positive", positive);
    keys.put("count", count);
    keys.put("binary", binary);
    keys.put("category", category);
    keys.put("ordinal", ordinal.stream().map(text -> OrdinalText.of(text).column()).toList());
    keys.put("leave-out", leaveOut);
    keys.put("identifier", identifier.stream().toList());
    keys.put("label", label.stream().toList());
    requireOneKey(keys);
  }

  private static void requireOneKey(Map<String, List<String>> keys) {
    Map<String, String> before = new HashMap<>();
    keys.forEach(
        (key, names) -> {
          for (String name : names) {
            String other = before.put(name, key);
            if (other != null) {
              throw new SettingException(
                  key,
                  String.format(
                      Locale.ROOT,
                      "names the column \"%s\", which columns.%s names too; a column is one thing",
                      MessageText.of(name),
                      other));
            }
          }
        });
  }
}
