package org.largevae.datasets.format;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.largevae.api.config.SettingException;

/**
 * How a file holds a table as text.
 *
 * @param separator what stands between the fields of a line
 * @param header what the first line is
 * @param comment the character that a line to be passed over begins with; empty if none does
 * @param decimal what stands before the decimals of a number
 */
public record CsvFormat(
    Separator separator, Header header, Optional<String> comment, Decimal decimal) {

  /** What the key {@code separator} means. */
  public static final String SEPARATOR_MEANING =
      "what stands between the fields of a line; whitespace: any number of spaces and tabs";

  /** What the key {@code header} means. */
  public static final String HEADER_MEANING =
      "whether the first line names the columns; auto: if no field is a number";

  /** What the key {@code comment} means. */
  public static final String COMMENT_MEANING =
      "the character that lines to be passed over begin with, as \"#\"";

  /** What the key {@code decimal} means. */
  public static final String DECIMAL_MEANING = "what stands before the decimals of a number";

  /** What stands between the fields of a line. */
  public enum Separator {
    /** A comma. */
    COMMA(','),
    /** A semicolon. */
    SEMICOLON(';'),
    /** A tab stop. */
    TAB('\t'),
    /** One blank. */
    SPACE(' '),
    /** One or more blanks and tab stops; those before the first and after the last are nothing. */
    WHITESPACE(' ');

    private final char character;

    Separator(char character) {
      this.character = character;
    }

    char character() {
      return character;
    }

    /** As a configuration writes it. */
    String spelling() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the first line holds. */
  public enum Header {
    /** The names of the columns if none of its fields is a number, an example if all are. */
    AUTO,
    /** The names of the columns. */
    TRUE,
    /** An example. */
    FALSE
  }

  /** What stands before the decimals of a number. */
  public enum Decimal {
    /** A point. */
    POINT,
    /** A comma. */
    COMMA
  }

  /**
   * Checks that the keys go together.
   *
   * @throws SettingException if the mark of a comment is not one character of its own, or commas
   *     stand for two things
   */
  public CsvFormat {
    Objects.requireNonNull(separator, "separator is null");
    Objects.requireNonNull(header, "header is null");
    Objects.requireNonNull(decimal, "decimal is null");
    if (comment.isPresent() && !isMark(comment.get())) {
      throw new SettingException(
          "comment",
          "must be one character that no field begins with, as \"#\"; for lines that begin with //"
              + " it is \"/\"");
    }
    if (comment.equals(Optional.of(String.valueOf(separator.character())))) {
      throw new SettingException("comment", "must be another character than the separator");
    }
    if (decimal == Decimal.COMMA && separator == Separator.COMMA) {
      throw new SettingException(
          "decimal",
          "cannot be a comma as the separator is; set dataset.separator to what stands between the"
              + " fields");
    }
  }

  private static boolean isMark(String comment) {
    return comment.length() == 1 && comment.matches("[^\\p{L}\\p{N}\\p{Cs}\\s\"+.-]");
  }

  /**
   * Fields between commas, numbers with a point, no comments.
   *
   * @param header what the first line is
   * @return the format
   */
  public static CsvFormat commas(Header header) {
    return new CsvFormat(Separator.COMMA, header, Optional.empty(), Decimal.POINT);
  }

  /**
   * The same where it is known what the first line is.
   *
   * @param names whether it names the columns
   * @return the format
   */
  public CsvFormat with(boolean names) {
    return new CsvFormat(separator, names ? Header.TRUE : Header.FALSE, comment, decimal);
  }

  /** The same with another separator. */
  CsvFormat with(Separator other) {
    return new CsvFormat(other, header, comment, decimal);
  }
}
