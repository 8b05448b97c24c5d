package org.largevae.examples.tables;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The cells of one table that are empty in another.
 *
 * @param complete the table
 * @param gaps the same rows with empty cells
 */
record HiddenCells(List<NamedCsvRecord> complete, List<NamedCsvRecord> gaps) {

  /** Checks that there are as many rows. */
  HiddenCells {
    if (complete.size() != gaps.size()) {
      throw new IllegalArgumentException(
          "the complete table has " + complete.size() + " rows, the other " + gaps.size());
    }
  }

  /**
   * Reads the rows of a table.
   *
   * @throws IOException if the file cannot be read
   */
  static List<NamedCsvRecord> rows(Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      return reader.stream().toList();
    }
  }

  /** The columns' names. */
  List<String> columns() {
    return complete.get(0).getHeader();
  }

  /** Whether a column holds words. */
  boolean isOfWords(String column) {
    return !complete.get(0).getField(column).matches("[-+.0-9eE]+");
  }

  /** What is hidden of a column of numbers. */
  double[] truth(String column) {
    return numbers(column, complete);
  }

  /** What a filled table has in the cells that are hidden of a column of numbers. */
  double[] filled(String column, List<NamedCsvRecord> table) {
    return numbers(column, table);
  }

  /** The mean of what is not hidden of a column of numbers. */
  double mean(String column) {
    return gaps.stream()
        .map(row -> row.getField(column))
        .filter(text -> !text.isEmpty())
        .mapToDouble(Double::parseDouble)
        .average()
        .orElseThrow();
  }

  /** The word that is not hidden most often in a column of words. */
  String mode(String column) {
    return gaps.stream()
        .map(row -> row.getField(column))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.comparingByValue())
        .orElseThrow()
        .getKey();
  }

  /**
   * The root of the mean squared difference from what is hidden of a column, divided by the
   * column's range, highest less lowest of the complete table (Nazabal et al. 2020,
   * arXiv:1807.03653).
   *
   * @param filled numbers in place of those hidden
   * @return 0 if they are the same
   */
  double normalisedError(String column, double[] filled) {
    double[] truth = truth(column);
    double squares =
        IntStream.range(0, truth.length)
            .mapToDouble(i -> (filled[i] - truth[i]) * (filled[i] - truth[i]))
            .average()
            .orElseThrow();
    var all =
        complete.stream()
            .mapToDouble(row -> Double.parseDouble(row.getField(column)))
            .summaryStatistics();
    return Math.sqrt(squares) / (all.getMax() - all.getMin());
  }

  /** The share of the words that are hidden of a column for which others stand. */
  double errorRate(
      String column, Function<NamedCsvRecord, String> word, List<NamedCsvRecord> table) {
    return hidden(column)
        .mapToDouble(i -> complete.get(i).getField(column).equals(word.apply(table.get(i))) ? 0 : 1)
        .average()
        .orElseThrow();
  }

  private double[] numbers(String column, List<NamedCsvRecord> table) {
    return hidden(column)
        .mapToDouble(i -> Double.parseDouble(table.get(i).getField(column)))
        .toArray();
  }

  private IntStream hidden(String column) {
    return IntStream.range(0, gaps.size()).filter(i -> gaps.get(i).getField(column).isEmpty());
  }
}
