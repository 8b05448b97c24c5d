package org.largevae.api.config;

import com.typesafe.config.ConfigUtil;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.largevae.api.Internal;

/** Texts as a configuration may hold them, for messages whose advice can be pasted into one. */
@Internal
public final class HoconText {
  private static final int MOST = 20;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*|[1-9]\\d{0,8}|0");
  private static final Pattern RESERVED = Pattern.compile("true|false|null|include");

  /** What no terminal shows, and the quote that ends an argument in a shell. */
  private static final Pattern ESCAPED =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}']");

  private HoconText() {}

  /**
   * A text as a value, in quotes where HOCON needs them.
   *
   * @param text any text
   * @return one line that HOCON reads as this text, in a file as between single quotes in a shell
   */
  public static String of(String text) {
    if (PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches()) {
      return text;
    }
    return ESCAPED.matcher(ConfigUtil.quoteString(text)).replaceAll(found -> escape(found.group()));
  }

  private static String escape(String text) {
    return text.chars()
        .mapToObj(unit -> String.format(Locale.ROOT, "\\\\u%04x", unit))
        .collect(Collectors.joining());
  }

  /**
   * Texts for a message.
   *
   * @param texts any texts
   * @return the first 20, separated by commas
   */
  public static String of(List<String> texts) {
    return texts.stream().limit(MOST).map(HoconText::of).collect(Collectors.joining(", "))
        + (texts.size() > MOST ? ", ..." : "");
  }
}
