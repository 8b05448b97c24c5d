package org.largevae.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Names;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataFiles;
import org.largevae.api.files.MessageText;

/** What the datasets that read a user's own files have in common. */
final class OwnFile {
  /** The key that names the file. */
  static final String FILE = "file";

  private OwnFile() {}

  /**
   * The file that the configuration names.
   *
   * @param kind of file, for messages
   * @return an existing file
   */
  static Path path(Settings settings, DataFiles files, String kind) {
    Path path = files.resolve(settings.text(FILE));
    if (!Files.isRegularFile(path)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is not an existing file; %s must name your %s file",
              path,
              settings.fullKey(FILE),
              kind));
    }
    return path;
  }

  /**
   * The array that is meant: the only one, or the one that the configuration names.
   *
   * @param key that names it, null where there is only one
   * @param names of those in the file
   * @return one of the names
   */
  static String choose(Settings settings, String key, List<String> names, Path path) {
    String shown = MessageText.of(names);
    if (!settings.has(key)) {
      if (names.size() == 1) {
        return names.get(0);
      }
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: is not set, but %s holds %d: %s; choose one",
              settings.fullKey(key),
              path,
              names.size(),
              shown));
    }
    String wanted = settings.text(key);
    if (!names.contains(wanted)) {
      String nearest = Names.question(wanted, names.stream().map(MessageText::of).toList());
      throw settings.fault(key, "is not in " + path + ", which holds " + shown + nearest);
    }
    return wanted;
  }
}
