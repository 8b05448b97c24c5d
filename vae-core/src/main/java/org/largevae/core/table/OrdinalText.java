package org.largevae.core.table;

import java.util.Arrays;
import java.util.List;
import org.largevae.api.config.SettingException;
import org.largevae.api.files.MessageText;

/**
 * An ordinal column as a configuration has it.
 *
 * @param column its name
 * @param levels in their order; empty for numbers, whose order is their own
 */
record OrdinalText(String column, List<String> levels) {

  /** {@code size: small < medium < large}, or a name alone. */
  static OrdinalText of(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.substring(colon).contains("<")) {
      return new OrdinalText(text, List.of());
    }
    List<String> levels =
        Arrays.stream(text.substring(colon + 1).split("<")).map(String::strip).toList();
    if (levels.contains("") || levels.stream().distinct().count() < levels.size()) {
      throw new SettingException(
          "ordinal",
          "names a level twice or leaves one empty: \""
              + MessageText.of(text)
              + "\"; it is written as \"size: small < medium < large\"");
    }
    return new OrdinalText(text.substring(0, colon).strip(), levels);
  }
}
