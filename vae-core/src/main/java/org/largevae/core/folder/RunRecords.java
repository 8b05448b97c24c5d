package org.largevae.core.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.largevae.api.data.DataException;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.LevelKl;
import org.largevae.core.results.Results;

/**
 * What a run has written down, read from outside while it may still be at work. Its files, by their
 * names: {@value #CONFIGURATION}, {@value #METRICS}, {@value #RESULTS}, {@value #FIGURES}, {@value
 * #REPORT}.
 *
 * @param folder the run's folder
 */
public record RunRecords(Path folder) {
  /** The resolved configuration, for people. */
  public static final String CONFIGURATION = "config.conf";

  /** One row an epoch. */
  public static final String METRICS = "metrics.csv";

  /** What was measured in the end. */
  public static final String RESULTS = "results.json";

  /** The folder of figures. */
  public static final String FIGURES = "figures";

  /** The page that shows it all. */
  public static final String REPORT = "report.html";

  /**
   * An epoch and eight values, the last of which is always written with three decimals; then two
   * for each level of a model with several, always with six.
   */
  private static final Pattern ROW =
      Pattern.compile(
          "\\d{1,9}(,-?(\\d+(\\.\\d+)?(E-?\\d+)?|NaN|Infinity)){7},\\d+\\.\\d{3}"
              + "(,-?\\d+\\.\\d{6})*");

  /** In the header's names of the columns that a level adds last. */
  private static final String LEVEL = ",validation-kl-";

  /** The fields of a model of one level. */
  private static final int FIELDS = 9;

  /**
   * Whether the folder holds a run, finished or not.
   *
   * @return true if there is a configuration
   */
  public boolean exists() {
    return Files.isRegularFile(folder.resolve(ModelDescription.FILE));
  }

  /**
   * The results.
   *
   * @return empty if the run is not finished
   * @throws DataException if they cannot be read
   */
  public Optional<Results> results() {
    Path file = folder.resolve(RESULTS);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Results results = JsonFile.read(file).as(Results.class);
      if (results.test() == null || results.validation() == null || results.train() == null) {
        throw new DataException(file + ": is damaged: a part is missing");
      }
      return Optional.of(results);
    } catch (DataException damaged) {
      throw new DataException(damaged.getMessage() + "; remove it and resume the run", damaged);
    }
  }

  /**
   * The finished epochs.
   *
   * @return in order; none if there is no file yet. A row that is being written, or that a full
   *     disk has cut off, is left out
   * @throws DataException if the file cannot be read
   */
  public List<EpochMetrics> epochs() {
    Path file = folder.resolve(METRICS);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      // a damaged byte may not be UTF-8; rows are ASCII
      List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
      int levels = lines.isEmpty() ? 0 : lines.get(0).split(LEVEL, -1).length - 1;
      return lines.stream()
          .filter(row -> ROW.matcher(row).matches())
          .map(row -> row.split(",", -1))
          .filter(row -> row.length == FIELDS + 2 * levels)
          .map(RunRecords::epoch)
          .toList();
    } catch (IOException failure) {
      throw new DataException(file + ": cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static EpochMetrics epoch(String[] fields) {
    double[] values = new double[fields.length];
    for (int i = 1; i < fields.length; i++) {
      values[i] = Double.parseDouble(fields[i]);
    }
    return new EpochMetrics(
        Integer.parseInt(fields[0]),
        values[1],
        values[2],
        values[3],
        values[4],
        values[5],
        values[6],
        values[7],
        values[8],
        levels(values));
  }

  private static List<LevelKl> levels(double[] values) {
    int depth = (values.length - FIELDS) / 2;
    return depth == 0
        ? null
        : IntStream.range(0, depth)
            .mapToObj(
                level ->
                    new LevelKl(
                        depth - level, values[FIELDS + 2 * level], values[FIELDS + 2 * level + 1]))
            .toList();
  }
}
