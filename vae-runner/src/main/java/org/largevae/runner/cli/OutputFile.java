package org.largevae.runner.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.files.DurableFiles;
import org.largevae.api.files.OutputException;

/** A file that a command writes: refused early if it cannot be, and never half written. */
final class OutputFile {
  private final Path path;

  private OutputFile(Path path) {
    this.path = path;
  }

  /**
   * Checks where a file will go, before any work is done for it.
   *
   * @param path the file
   * @param ending how its name must end, for example {@code .png}
   * @return the file
   * @throws ConfigurationException if it cannot be written there
   */
  static OutputFile at(Path path, String ending) {
    Path folder = path.toAbsolutePath().getParent();
    if (!path.toString().toLowerCase(Locale.ROOT).endsWith(ending)) {
      throw new ConfigurationException(path + ": the file's name must end in " + ending);
    }
    if (Files.isDirectory(path)) {
      throw new ConfigurationException(path + ": is a folder; name a file with --output");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new ConfigurationException(
          path + ": the folder " + folder + " does not exist; create it first");
    }
    if (!Files.isWritable(folder)) {
      throw new ConfigurationException(path + ": the folder " + folder + " cannot be written");
    }
    return new OutputFile(path);
  }

  /**
   * Writes the file, over one that may be there.
   *
   * @param content the whole content
   * @throws OutputException if it cannot be written; what was there is still there
   */
  void write(byte[] content) {
    try {
      DurableFiles.replace(path, content);
    } catch (IOException failure) {
      throw new OutputException(
          path, failure, "free some space or name another file with --output");
    }
  }
}
