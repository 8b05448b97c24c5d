package org.largevae.core.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.files.DurableFiles;
import org.largevae.api.files.FolderException;
import org.largevae.api.files.FolderLock;
import org.largevae.api.files.OutputException;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.LevelKl;
import org.largevae.core.results.Results;

/**
 * A run's folder while the run is at work: locked against a second process, its files written
 * whole.
 */
public final class RunFolder implements AutoCloseable {
  static final String CHECKPOINTS = "checkpoints";
  private static final String LOCK = ".lock";
  private static final String METRICS_HEADER =
      "epoch,beta,training-loss,training-reconstruction,training-kl,"
          + "validation-loss,validation-reconstruction,validation-kl,seconds";

  /** What a process leaves that was killed before there was a run. */
  private static final Set<String> LEFTOVERS =
      Set.of(LOCK, DurableFiles.temporary(ModelDescription.FILE));

  private final Path path;
  private final FolderLock lock;

  private RunFolder(Path path, FolderLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Refuses a folder that cannot be written or is in use. Changes nothing.
   *
   * @param path the folder, which may be missing
   * @throws ConfigurationException if it is of no use
   */
  public static void requireUsable(Path path) {
    FolderLock.requireUsable(path, LOCK, "");
  }

  /**
   * Refuses a folder that a new run must not go into. Changes nothing.
   *
   * @param path the folder
   * @throws ConfigurationException if it is a file, holds a run or holds anything else
   */
  public static void requireFree(Path path) {
    if (Files.notExists(path)) {
      return;
    }
    if (!Files.isDirectory(path)) {
      throw new FolderException(path, FolderException.Reason.UNUSABLE, "is a file");
    }
    if (Files.exists(path.resolve(ModelDescription.FILE))) {
      throw new FolderException(path, FolderException.Reason.HOLDS_RUN, "holds another run");
    }
    try (Stream<Path> entries = Files.list(path)) {
      if (entries.anyMatch(entry -> !LEFTOVERS.contains(entry.getFileName().toString()))) {
        throw new FolderException(
            path, FolderException.Reason.HOLDS_OTHER_FILES, "is not empty and holds no run");
      }
    } catch (IOException failure) {
      throw new ConfigurationException(
          path + ": cannot be read: " + OutputException.reason(failure), failure);
    }
  }

  /**
   * Makes the folder if it is missing and locks it.
   *
   * @param path the folder
   * @return the folder, to be closed
   * @throws ConfigurationException if another process holds it
   * @throws OutputException if it cannot be written
   */
  public static RunFolder open(Path path) {
    return new RunFolder(path, FolderLock.of(path, LOCK, ""));
  }

  /**
   * The folder itself.
   *
   * @return its path
   */
  public Path path() {
    return path;
  }

  /**
   * The run's checkpoints.
   *
   * @return them, in their own folder
   */
  public Checkpoints checkpoints() {
    return new Checkpoints(path.resolve(CHECKPOINTS));
  }

  /**
   * Writes a text file, whole or not at all.
   *
   * @param name its name in the folder
   * @param text its content
   * @throws OutputException if it cannot be written
   */
  public void write(String name, String text) {
    Path file = path.resolve(name);
    try {
      DurableFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  /**
   * A failure to write, with what is kept.
   *
   * @param file what could not be written
   * @param failure what the system says
   * @return the exception
   */
  public OutputException unwritable(Path file, IOException failure) {
    return Files.exists(path.resolve(ModelDescription.FILE))
        ? new OutputException(file, failure, checkpoints().kept(), true)
        : new OutputException(
            file, failure, "nothing was done yet; free some space and call it again");
  }

  /**
   * Notes what is trained, and removes the results of another configuration: of fewer epochs, say.
   * They would pass for this one's if it were cut off.
   *
   * @param model the description, from which on the folder holds a run
   * @throws OutputException if it cannot be written
   */
  public void begin(ModelDescription model) {
    Path file = path.resolve(ModelDescription.FILE);
    String text = model.toJson();
    try {
      if (Files.exists(file) && !Files.readString(file).equals(text)) {
        Files.deleteIfExists(path.resolve(RunRecords.RESULTS));
        Files.deleteIfExists(path.resolve(RunRecords.REPORT));
      }
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
    write(ModelDescription.FILE, text);
  }

  /**
   * Writes {@code metrics.csv} anew.
   *
   * @param epochs the finished epochs
   * @param depth how many levels of latents the model has
   */
  public void writeMetrics(List<EpochMetrics> epochs, int depth) {
    StringBuilder csv = new StringBuilder(METRICS_HEADER);
    for (int level = depth; depth > 1 && level > 0; level--) {
      csv.append(",training-kl-").append(level).append(",validation-kl-").append(level);
    }
    csv.append('\n');
    epochs.forEach(epoch -> csv.append(row(epoch)));
    write(RunRecords.METRICS, csv.toString());
  }

  /**
   * Adds a finished epoch to {@code metrics.csv}.
   *
   * @param epoch its metrics
   * @throws OutputException if it cannot be written; the rows before it are still there
   */
  public void appendMetrics(EpochMetrics epoch) {
    Path file = path.resolve(RunRecords.METRICS);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long end = channel.size();
      try {
        channel.position(end);
        DurableFiles.writeAll(channel, row(epoch).getBytes(StandardCharsets.UTF_8));
        // a run with results does not write its rows again
        channel.force(true);
      } catch (IOException failure) {
        // a part of the row may be there
        channel.truncate(end);
        throw failure;
      }
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  /**
   * Writes {@code provenance.json}.
   *
   * @param provenance names and values, in order
   */
  public void writeProvenance(Map<String, Object> provenance) {
    write(Provenance.FILE, JsonFile.render(provenance));
  }

  /**
   * Writes {@code results.json}.
   *
   * @param results the results
   */
  public void writeResults(Results results) {
    write(RunRecords.RESULTS, JsonFile.render(results));
  }

  private static String row(EpochMetrics m) {
    String row =
        String.format(
            Locale.ROOT,
            "%d,%s,%s,%s,%s,%s,%s,%s,%s",
            m.epoch(),
            m.beta(),
            m.trainingLoss(),
            m.trainingReconstruction(),
            m.trainingKl(),
            m.validationLoss(),
            m.validationReconstruction(),
            m.validationKl(),
            String.format(Locale.ROOT, "%.3f", m.seconds()));
    return row + (m.levels() == null ? "" : levels(m.levels())) + "\n";
  }

  /** With as many decimals always, so that a row cut off shows. */
  private static String levels(List<LevelKl> levels) {
    return levels.stream()
        .map(
            level -> String.format(Locale.ROOT, ",%.6f,%.6f", level.training(), level.validation()))
        .collect(Collectors.joining());
  }

  @Override
  public void close() {
    lock.close();
  }
}
