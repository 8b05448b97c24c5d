package org.largevae.examples.tables;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The errors of a filled table in the cells that were hidden, beside those of filling in one value
 * a column.
 *
 * @param numbers of columns of numbers, by name: normalised root mean squared errors
 * @param words of columns of words, by name: error rates
 */
record ImputationErrors(Map<String, ColumnError> numbers, Map<String, ColumnError> words) {

  /**
   * Two errors of a column.
   *
   * @param simple of the column's mean, or of its most frequent word
   * @param model of the filled table
   */
  record ColumnError(double simple, double model) {}

  static ImputationErrors of(HiddenCells cells, List<NamedCsvRecord> filled) {
    Map<String, ColumnError> numbers = new LinkedHashMap<>();
    Map<String, ColumnError> words = new LinkedHashMap<>();
    for (String column : cells.columns()) {
      if (cells.isOfWords(column)) {
        String mode = cells.mode(column);
        words.put(
            column,
            new ColumnError(
                cells.errorRate(column, row -> mode, filled),
                cells.errorRate(column, row -> row.getField(column), filled)));
      } else {
        double[] means = cells.truth(column);
        Arrays.fill(means, cells.mean(column));
        numbers.put(
            column,
            new ColumnError(
                cells.normalisedError(column, means),
                cells.normalisedError(column, cells.filled(column, filled))));
      }
    }
    return new ImputationErrors(numbers, words);
  }

  /** The mean over the columns of numbers, of the column means and of the model. */
  ColumnError mean() {
    return new ColumnError(mean(ColumnError::simple), mean(ColumnError::model));
  }

  private double mean(ToDoubleFunction<ColumnError> error) {
    return numbers.values().stream().mapToDouble(error).average().orElseThrow();
  }

  void print(PrintStream out) {
    line(out, "RMSE / range", "column mean", "model", "ratio");
    numbers.forEach((column, error) -> line(out, column, error));
    line(out, "mean of the columns", mean());
    line(out, "error rate", "most frequent", "model", "ratio");
    words.forEach((column, error) -> line(out, column, error));
  }

  private static void line(PrintStream out, String name, ColumnError error) {
    line(
        out, name, text(error.simple()), text(error.model()), text(error.model() / error.simple()));
  }

  private static void line(
      PrintStream out, String name, String simple, String model, String ratio) {
    out.printf(Locale.ROOT, "%-22s%14s%9s%9s%n", name, simple, model, ratio);
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
