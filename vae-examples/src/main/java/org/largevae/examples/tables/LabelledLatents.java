package org.largevae.examples.tables;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Latents of labelled rows, as {@code vae encode} writes them.
 *
 * @param labels one a row
 * @param latents shape (N, M)
 */
record LabelledLatents(List<String> labels, double[][] latents) {

  /**
   * Reads the columns {@code label} and {@code z1}, {@code z2} and so on.
   *
   * @throws IOException if the file cannot be read
   */
  static LabelledLatents read(Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      List<NamedCsvRecord> rows = reader.stream().toList();
      List<String> names =
          rows.get(0).getHeader().stream().filter(name -> name.matches("z[0-9]+")).toList();
      return new LabelledLatents(
          rows.stream().map(row -> row.getField("label")).toList(),
          rows.stream()
              .map(row -> names.stream().mapToDouble(name -> number(row, name)).toArray())
              .toArray(double[][]::new));
    }
  }

  private static double number(NamedCsvRecord row, String name) {
    return Double.parseDouble(row.getField(name));
  }

  /**
   * How often the most frequent label among a row's nearest other rows is its own. Of labels that
   * are as frequent the one with the nearest row counts.
   *
   * @param neighbours how many, by Euclidean distance; fewer than rows
   * @return a share of the rows
   */
  double neighbourAccuracy(int neighbours) {
    long right =
        IntStream.range(0, labels.size())
            .filter(row -> labels.get(row).equals(guess(row, neighbours)))
            .count();
    return (double) right / labels.size();
  }

  private String guess(int row, int neighbours) {
    double[] distances = new double[latents.length];
    for (int other = 0; other < latents.length; other++) {
      for (int i = 0; i < latents[row].length; i++) {
        double difference = latents[other][i] - latents[row][i];
        distances[other] += difference * difference;
      }
    }
    List<String> nearest =
        IntStream.range(0, latents.length)
            .filter(other -> other != row)
            .boxed()
            .sorted(Comparator.comparingDouble(other -> distances[other]))
            .limit(neighbours)
            .map(labels::get)
            .toList();
    Map<String, Integer> counts = new HashMap<>();
    nearest.forEach(label -> counts.merge(label, 1, Integer::sum));
    int most = counts.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    return nearest.stream().filter(label -> counts.get(label) == most).findFirst().orElseThrow();
  }
}
