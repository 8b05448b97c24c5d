package org.largevae.runner.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.folder.RunRecords;

/**
 * The folders of runs without {@code --output}: {@code NAME}, {@code NAME-2}, {@code NAME-3}, ...
 *
 * @param parent the folder in which they are
 */
record OutputFolders(Path parent) {

  /**
   * The first folder that is not taken.
   *
   * @param name the experiment's name
   * @return a folder that does not exist
   */
  Path next(String name) {
    return Stream.iterate(1, number -> number + 1)
        .map(number -> parent.resolve(number == 1 ? name : name + "-" + number))
        .filter(folder -> !Files.exists(folder))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The run to resume.
   *
   * @param name the experiment's name
   * @return the run of that name with the highest number
   * @throws ConfigurationException if there is none
   */
  Path latest(String name) {
    Pattern numbered = Pattern.compile(Pattern.quote(name) + "(-[1-9][0-9]{0,8})?");
    Optional<Path> latest = Optional.empty();
    if (Files.isDirectory(parent)) {
      try (Stream<Path> folders = Files.list(parent)) {
        latest =
            folders
                .filter(folder -> numbered.matcher(folder.getFileName().toString()).matches())
                .filter(folder -> new RunRecords(folder).exists())
                .max(Comparator.comparingInt(folder -> number(folder, name)));
      } catch (IOException failure) {
        throw new ConfigurationException(
            parent + ": cannot be read: " + failure.getMessage(), failure);
      }
    }
    return latest.orElseThrow(
        () ->
            new ConfigurationException(
                String.format(
                    Locale.ROOT,
                    "--resume: there is no run %s to resume; name its folder with --output",
                    parent.resolve(name))));
  }

  private static int number(Path folder, String name) {
    String suffix = folder.getFileName().toString().substring(name.length());
    return suffix.isEmpty() ? 1 : Integer.parseInt(suffix.substring(1));
  }
}
