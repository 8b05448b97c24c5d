package org.largevae.examples.tables;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Rows with scores and with labels of which one is normal, as {@code vae score} writes them.
 *
 * @param rows of the file
 * @param normal the label of normal rows
 */
record ScoredRows(List<NamedCsvRecord> rows, String normal) {

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   */
  static ScoredRows read(Path file, String normal) throws IOException {
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      return new ScoredRows(reader.stream().toList(), normal);
    }
  }

  /** How well a column of scores tells other labels from the normal one. */
  RocCurve curve(String score) {
    return RocCurve.of(scores(score, this::isNormal), scores(score, row -> !isNormal(row)));
  }

  /** The share of the normal rows whose column {@code anomaly} is 1. */
  double falseAlarmRate() {
    return alarms(this::isNormal);
  }

  /** The share of the other rows whose column {@code anomaly} is 1. */
  double detectionRate() {
    return alarms(row -> !isNormal(row));
  }

  private double alarms(Predicate<NamedCsvRecord> which) {
    return rows.stream()
        .filter(which)
        .mapToInt(row -> Integer.parseInt(row.getField("anomaly")))
        .average()
        .orElseThrow();
  }

  private double[] scores(String score, Predicate<NamedCsvRecord> which) {
    return rows.stream()
        .filter(which)
        .mapToDouble(row -> Double.parseDouble(row.getField(score)))
        .toArray();
  }

  private boolean isNormal(NamedCsvRecord row) {
    return row.getField("label").equals(normal);
  }
}
