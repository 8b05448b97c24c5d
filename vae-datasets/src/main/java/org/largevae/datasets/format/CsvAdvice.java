package org.largevae.datasets.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.largevae.datasets.format.CsvFormat.Decimal;
import org.largevae.datasets.format.CsvFormat.Separator;

/** Says which setting would make a table of what does not read as one. */
final class CsvAdvice {
  private static final List<Separator> SEPARATORS =
      List.of(Separator.COMMA, Separator.SEMICOLON, Separator.TAB, Separator.WHITESPACE);
  private static final Pattern COMMENT = Pattern.compile("#|%|//");

  private CsvAdvice() {}

  /**
   * Advice on a line.
   *
   * @param row the line that does not read
   * @param head the first lines of the table, the header among them
   * @param format as the configuration has it
   */
  static Optional<String> of(CsvRow row, List<CsvRow> head, CsvFormat format) {
    return comment(row, head, format)
        .or(() -> separator(head, format))
        .or(() -> decimal(row, format));
  }

  /** Whether this line or the first begins as comments do. */
  static Optional<String> comment(CsvRow row, List<CsvRow> head, CsvFormat format) {
    if (format.comment().isPresent()) {
      return Optional.empty();
    }
    for (CsvRow candidate : List.of(row, head.get(0))) {
      Matcher mark = COMMENT.matcher(candidate.fields().get(0));
      if (mark.lookingAt()) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "line %d begins with %s as comments do; pass such lines over with dataset.comment ="
                    + " \"%s\"",
                candidate.line(),
                mark.group(),
                mark.group().charAt(0)));
      }
    }
    return Optional.empty();
  }

  /** Which separator parts all lines of a table that has one column under the configured one. */
  static Optional<String> ofOneColumn(List<CsvRow> head, CsvFormat format) {
    List<String> lines = head.stream().map(row -> row.fields().get(0)).toList();
    for (Separator candidate : List.of(Separator.COMMA, Separator.SEMICOLON, Separator.TAB)) {
      List<List<String>> rows = split(lines, candidate);
      int fields = rows.get(0).size();
      boolean alike = fields > 1 && rows.stream().allMatch(row -> row.size() == fields);
      if (candidate != format.separator() && alike) {
        return Optional.of(separator(candidate, rows, format));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> separator(List<CsvRow> head, CsvFormat format) {
    List<String> lines =
        head.stream()
            .map(row -> String.join(String.valueOf(format.separator().character()), row.fields()))
            .toList();
    double best = numbers(split(lines, format.separator()));
    Optional<String> advice = Optional.empty();
    for (Separator candidate : SEPARATORS) {
      List<List<String>> rows = split(lines, candidate);
      int fields = rows.get(0).size();
      boolean alike = rows.stream().allMatch(row -> row.size() == fields);
      if (candidate != format.separator() && alike && fields > 1 && numbers(rows) > best) {
        best = numbers(rows);
        advice = Optional.of(separator(candidate, rows, format));
      }
    }
    return advice;
  }

  private static String separator(Separator found, List<List<String>> rows, CsvFormat format) {
    boolean commas =
        format.decimal() == Decimal.POINT
            && rows.stream().flatMap(List::stream).anyMatch(CsvNumber::hasDecimalComma);
    return String.format(
        Locale.ROOT,
        "%s parts all lines alike, into %d fields; set dataset.separator = %s%s",
        found == Separator.WHITESPACE ? "whitespace" : "a " + found.spelling(),
        rows.get(0).size(),
        found.spelling(),
        commas ? " and dataset.decimal = comma" : "");
  }

  private static Optional<String> decimal(CsvRow row, CsvFormat format) {
    if (format.decimal() == Decimal.COMMA || format.separator() == Separator.COMMA) {
      return Optional.empty();
    }
    return row.fields().stream().anyMatch(CsvNumber::hasDecimalComma)
        ? Optional.of("if its numbers have decimal commas, set dataset.decimal = comma")
        : Optional.empty();
  }

  private static List<List<String>> split(List<String> lines, Separator separator) {
    String pattern =
        separator == Separator.WHITESPACE
            ? "[ \t]+"
            : Pattern.quote(String.valueOf(separator.character()));
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines) {
      String content = separator == Separator.WHITESPACE ? line.strip() : line;
      rows.add(List.of(content.split(pattern, -1)));
    }
    return rows;
  }

  /** The share of numbers among the fields after the first line, which may be of names. */
  private static double numbers(List<List<String>> rows) {
    List<String> fields = rows.stream().skip(1).flatMap(List::stream).toList();
    long numbers =
        fields.stream()
            .filter(
                field ->
                    CsvNumber.isNumber(field, Decimal.POINT) || CsvNumber.hasDecimalComma(field))
            .count();
    return fields.isEmpty() ? 0 : (double) numbers / fields.size();
  }
}
