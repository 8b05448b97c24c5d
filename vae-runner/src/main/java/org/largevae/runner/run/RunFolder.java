package org.largevae.runner.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.runner.results.EpochMetrics;
import org.largevae.runner.results.Results;

/**
 * A run's folder while the run is at work: locked against a second process, its files written
 * whole.
 */
final class RunFolder implements AutoCloseable {
  static final String CONFIG = "config.conf";
  static final String CHECKPOINTS = "checkpoints";
  static final String FIGURES = "figures";
  static final String REPORT = "report.html";
  static final String RESULTS = "results.json";
  private static final String LOCK = ".lock";
  private static final String METRICS_HEADER =
      "epoch,beta,training-loss,training-reconstruction,training-kl,"
          + "validation-loss,validation-reconstruction,validation-kl,seconds\n";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  private final Path path;
  private final FileChannel lockChannel;
  private final FileLock lock;

  private RunFolder(Path path, FileChannel lockChannel, FileLock lock) {
    this.path = path;
    this.lockChannel = lockChannel;
    this.lock = lock;
  }

  /**
   * Refuses a folder that a new run must not go into. Changes nothing.
   *
   * @param path the folder
   * @throws ConfigurationException if it is a file, holds a run or holds anything else
   */
  static void requireFree(Path path) {
    if (Files.notExists(path)) {
      return;
    }
    if (!Files.isDirectory(path)) {
      throw new ConfigurationException(
          path + ": is a file; name a folder for the run with --output");
    }
    if (Files.exists(path.resolve(CONFIG))) {
      throw new ConfigurationException(
          path + ": holds another run; name another folder with --output, or go on with --resume");
    }
    try (Stream<Path> entries = Files.list(path)) {
      if (entries.anyMatch(entry -> !entry.getFileName().toString().equals(LOCK))) {
        throw new ConfigurationException(
            path + ": is not empty and holds no run; name another folder with --output");
      }
    } catch (IOException failure) {
      throw unusable(path, failure);
    }
  }

  /**
   * Makes the folder if it is missing and locks it.
   *
   * @param path the folder
   * @return the folder, to be closed
   * @throws ConfigurationException if it cannot be written or another process holds it
   */
  static RunFolder open(Path path) {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = lock(path, channel);
      String holder = "process " + ProcessHandle.current().pid() + "\n";
      channel.truncate(0);
      channel.write(StandardCharsets.UTF_8.encode(holder));
      return new RunFolder(path, channel, lock);
    } catch (IOException failure) {
      throw unusable(path, failure);
    }
  }

  /** The system frees the lock of a killed process, so a stale one cannot block. */
  private static FileLock lock(Path path, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      lock = null;
    }
    if (lock == null) {
      String holder = Files.readString(path.resolve(LOCK)).strip();
      channel.close();
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: is in use by %s; wait for it or name another folder with --output",
              path,
              holder.isEmpty() ? "another process" : holder));
    }
    return lock;
  }

  /**
   * The folder itself.
   *
   * @return its path
   */
  Path path() {
    return path;
  }

  /**
   * The run's checkpoints.
   *
   * @return them, in their own folder
   */
  Checkpoints checkpoints() {
    return new Checkpoints(path.resolve(CHECKPOINTS));
  }

  /**
   * Writes a text file, whole or not at all.
   *
   * @param name its name in the folder
   * @param text its content
   * @throws DataException if it cannot be written
   */
  void write(String name, String text) {
    try {
      DurableFiles.replace(path.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new DataException(
          String.format(
              Locale.ROOT, "%s: cannot be written: %s", path.resolve(name), reason(failure)),
          failure);
    }
  }

  /**
   * Writes {@code metrics.csv} anew.
   *
   * @param epochs the finished epochs
   */
  void writeMetrics(List<EpochMetrics> epochs) {
    StringBuilder csv = new StringBuilder(METRICS_HEADER);
    epochs.forEach(epoch -> csv.append(row(epoch)));
    write("metrics.csv", csv.toString());
  }

  /**
   * Adds a finished epoch to {@code metrics.csv}.
   *
   * @param epoch its metrics
   */
  void appendMetrics(EpochMetrics epoch) {
    Path file = path.resolve("metrics.csv");
    try {
      Files.writeString(file, row(epoch), StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: cannot be written: %s; the last checkpoint is kept, go on with --resume",
              file,
              reason(failure)),
          failure);
    }
  }

  /**
   * Writes {@code provenance.json}.
   *
   * @param provenance names and values, in order
   */
  void writeProvenance(Map<String, Object> provenance) {
    write("provenance.json", GSON.toJson(provenance) + "\n");
  }

  /**
   * Writes {@code results.json}.
   *
   * @param results the results
   */
  void writeResults(Results results) {
    write(RESULTS, GSON.toJson(results) + "\n");
  }

  private static String row(EpochMetrics m) {
    return String.format(
        Locale.ROOT,
        "%d,%s,%s,%s,%s,%s,%s,%s,%s\n",
        m.epoch(),
        m.beta(),
        m.trainingLoss(),
        m.trainingReconstruction(),
        m.trainingKl(),
        m.validationLoss(),
        m.validationReconstruction(),
        m.validationKl(),
        String.format(Locale.ROOT, "%.3f", m.seconds()));
  }

  private static ConfigurationException unusable(Path path, IOException failure) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "%s: cannot be used as output folder: %s; name another with --output",
            path,
            reason(failure)),
        failure);
  }

  private static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "the folder above it cannot be made";
    }
    if (failure instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  @Override
  public void close() {
    try {
      lock.release();
      lockChannel.close();
      Files.deleteIfExists(path.resolve(LOCK));
    } catch (IOException failure) {
      throw new DataException(path.resolve(LOCK) + ": cannot be released", failure);
    }
  }
}
