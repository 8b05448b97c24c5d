package org.largevae.runner.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
   * @param endings how its name must end, for example {@code .png}: in one of them
   * @return the file
   * @throws ConfigurationException if it cannot be written there
   */
  static OutputFile at(Path path, String... endings) {
    Path folder = path.toAbsolutePath().getParent();
    if (Arrays.stream(endings).noneMatch(ending -> endsIn(path, ending))) {
      throw new ConfigurationException(path + ": the file's name must end in " + shown(endings));
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
   * Refuses to write over what is read.
   *
   * @param input the file or folder that is read
   * @throws ConfigurationException if it is this one
   */
  void requireOther(Path input) {
    try {
      if (Files.exists(path) && Files.exists(input) && Files.isSameFile(path, input)) {
        throw new ConfigurationException(
            path + ": is the file that is read; name another one with --output");
      }
    } catch (IOException unknown) {
      throw new OutputException(path, unknown, "name another file with --output");
    }
  }

  private static String shown(String... endings) {
    int last = endings.length - 1;
    return last == 0
        ? endings[0]
        : String.join(", ", Arrays.copyOf(endings, last)) + " or " + endings[last];
  }

  private static boolean endsIn(Path path, String ending) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /**
   * Whether the file's name ends so.
   *
   * @param ending for example {@code .csv}, in letters of either case
   * @return true if it does
   */
  boolean endsIn(String ending) {
    return endsIn(path, ending);
  }

  /**
   * Writes the file, over one that may be there.
   *
   * @param content the whole content
   * @throws OutputException if it cannot be written; what was there is still there
   */
  void write(byte[] content) {
    write(channel -> DurableFiles.writeAll(channel, content));
  }

  /**
   * Writes a file of any length, over one that may be there.
   *
   * @param content writes the whole content; whatever it throws leaves what was there
   * @throws OutputException if it cannot be written; what was there is still there
   */
  void write(DurableFiles.ContentWriter content) {
    try {
      DurableFiles.replace(path, content);
    } catch (IOException failure) {
      throw fault(failure);
    } catch (UncheckedIOException failure) {
      throw fault(failure.getCause());
    }
  }

  private OutputException fault(IOException failure) {
    return new OutputException(path, failure, "free some space or name another file with --output");
  }

  /**
   * The file, for people and for programs that go on with it.
   *
   * @return its absolute path on one line
   */
  String shown() {
    return TerminalText.line(path.toAbsolutePath().normalize().toString());
  }
}
