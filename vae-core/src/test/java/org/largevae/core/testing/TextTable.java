package org.largevae.core.testing;

import java.util.List;
import java.util.Map;
import org.largevae.api.dataset.RawTable;

/**
 * A table written down in a test.
 *
 * @param columns their names
 * @param cells row by row; an empty text is missing
 */
public record TextTable(List<String> columns, List<List<String>> cells) implements RawTable {

  /** The first line names the columns; commas part cells. */
  public static TextTable of(String... lines) {
    List<List<String>> all =
        java.util.Arrays.stream(lines).map(line -> List.of(line.split(",", -1))).toList();
    return new TextTable(all.get(0), all.subList(1, all.size()));
  }

  @Override
  public String name() {
    return "text";
  }

  @Override
  public Map<String, String> fingerprints() {
    return Map.of("text", "0".repeat(64));
  }

  @Override
  public Rows rows() {
    return new Lines();
  }

  private final class Lines implements Rows {
    private int row = -1;

    @Override
    public boolean next() {
      row++;
      return row < cells.size();
    }

    @Override
    public boolean isMissing(int column) {
      return text(column).isEmpty();
    }

    @Override
    public String text(int column) {
      return cells.get(row).get(column);
    }

    @Override
    public double number(int column) {
      try {
        return Double.parseDouble(text(column));
      } catch (NumberFormatException word) {
        return Double.NaN;
      }
    }

    @Override
    public String place() {
      return "text: line " + (row + 2);
    }

    @Override
    public void close() {
      row = cells.size();
    }
  }
}
