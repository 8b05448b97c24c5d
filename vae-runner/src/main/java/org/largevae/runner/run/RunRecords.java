package org.largevae.runner.run;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.largevae.api.data.DataException;
import org.largevae.runner.results.EpochMetrics;
import org.largevae.runner.results.Results;

/**
 * What a run has written down, read from outside while it may still be at work. Its files, by their
 * names: {@value #CONFIGURATION}, {@value #METRICS}, {@value #RESULTS}, {@value #FIGURES}.
 *
 * @param folder the run's folder
 */
public record RunRecords(Path folder) {
  /** The resolved configuration. */
  public static final String CONFIGURATION = RunFolder.CONFIG;

  /** One row an epoch. */
  public static final String METRICS = "metrics.csv";

  /** What was measured in the end. */
  public static final String RESULTS = RunFolder.RESULTS;

  /** The folder of figures. */
  public static final String FIGURES = RunFolder.FIGURES;

  /**
   * Whether the folder holds a run, finished or not.
   *
   * @return true if there is a configuration
   */
  public boolean exists() {
    return Files.isRegularFile(folder.resolve(CONFIGURATION));
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
      Results results = new Gson().fromJson(Files.readString(file), Results.class);
      if (results == null || results.test() == null || results.validation() == null) {
        throw new DataException(file + ": is damaged; remove it and run again with --resume");
      }
      return Optional.of(results);
    } catch (JsonParseException damaged) {
      throw new DataException(
          file + ": is damaged; remove it and run again with --resume", damaged);
    } catch (IOException failure) {
      throw new DataException(file + ": cannot be read: " + failure.getMessage(), failure);
    }
  }

  /**
   * The finished epochs.
   *
   * @return in order; none if there is no file yet. A row that is still being written is left out
   * @throws DataException if they cannot be read
   */
  public List<EpochMetrics> epochs() {
    Path file = folder.resolve(METRICS);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      String text = Files.readString(file);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      List<EpochMetrics> epochs = new ArrayList<>();
      whole.lines().skip(1).forEach(row -> epochs.add(epoch(row)));
      return epochs;
    } catch (IOException failure) {
      throw new DataException(file + ": cannot be read: " + failure.getMessage(), failure);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException damaged) {
      throw new DataException(file + ": is damaged: " + damaged.getMessage(), damaged);
    }
  }

  private static EpochMetrics epoch(String row) {
    String[] fields = row.split(",", -1);
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
        values[8]);
  }
}
