package org.largevae.runner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text in rows and columns, for Markdown and for a report.
 *
 * @param title above it; may be empty
 * @param note below it; may be empty
 * @param headings of the columns
 * @param rows each as long as the headings
 * @param labels how many columns at the left say what a row is; the others hold figures
 */
public record Table(
    String title, String note, List<String> headings, List<List<String>> rows, int labels) {
  private static final Pattern LINE_ENDS = Pattern.compile("[\\n\\r\\u0085\\u2028\\u2029]+");

  /** What begins a tag, an entity or the address of a link. */
  private static final Pattern MARKUP =
      Pattern.compile("<(?=[A-Za-z/!?])|&(?=#?\\w+;)|(?<=\\])\\(");

  /** Copies the rows. */
  public Table {
    headings = List.copyOf(headings);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * As Markdown whose columns also line up in plain text.
   *
   * @return lines
   */
  public String markdown() {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < headings.size(); column++) {
      int width = Math.max(3, text(headings.get(column)).length());
      for (List<String> row : rows) {
        width = Math.max(width, text(row.get(column)).length());
      }
      widths.add(width);
    }
    StringBuilder text = new StringBuilder();
    if (!title.isEmpty()) {
      text.append("### ").append(text(title)).append("\n\n");
    }
    text.append(line(headings, widths));
    List<String> rule = new ArrayList<>();
    for (int column = 0; column < widths.size(); column++) {
      String dashes = "-".repeat(widths.get(column) - 1);
      rule.add(column < labels ? dashes + "-" : dashes + ":");
    }
    text.append(line(rule, widths));
    rows.forEach(row -> text.append(line(row, widths)));
    if (!note.isEmpty()) {
      text.append('\n').append(text(note)).append('\n');
    }
    return text.toString();
  }

  private String line(List<String> cells, List<Integer> widths) {
    List<String> padded = new ArrayList<>();
    for (int column = 0; column < cells.size(); column++) {
      String format = "%" + (column < labels ? "-" : "") + widths.get(column) + "s";
      padded.add(String.format(Locale.ROOT, format, text(cells.get(column))));
    }
    return padded.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /**
   * Text that stays text in Markdown: on one line, without columns, HTML or links of its own. What
   * is harmless stays readable as plain text: {@code (< spread)} is left alone.
   *
   * @param text any text
   * @return Markdown
   */
  public static String text(String text) {
    String line = LINE_ENDS.matcher(text).replaceAll(" ").replace("|", "\\|");
    return MARKUP.matcher(line).replaceAll("\\\\$0");
  }
}
