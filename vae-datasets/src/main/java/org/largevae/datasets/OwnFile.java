package org.largevae.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.largevae.api.config.HoconText;
import org.largevae.api.config.Names;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFiles;

/** What the datasets that read a user's own files have in common. */
final class OwnFile {

  private OwnFile() {}

  /**
   * The file that the configuration names.
   *
   * @param written the value of the key {@code file}
   * @param kind of file, for messages
   * @return an existing file
   */
  static Path path(String written, DataFiles files, String kind) {
    return path("dataset.file", written, files, kind, "");
  }

  /**
   * The file that a key of the configuration names.
   *
   * @param key the whole key
   * @param written its value
   * @param kind of file, for messages
   * @param otherwise what else the key may be, for messages
   * @return an existing file
   */
  static Path path(String key, String written, DataFiles files, String kind, String otherwise) {
    Path path = files.resolve(written);
    if (!Files.isRegularFile(path)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is not an existing file; %s must name your %s file%s",
              path,
              key,
              kind,
              otherwise));
    }
    return path;
  }

  /**
   * The array that is meant: the only one, or the one that the configuration names.
   *
   * @param key that names it
   * @param wanted the key's value, empty where there is only one
   * @param names of those in the file
   * @return one of the names
   * @throws SettingException if the key is not set and there are several, or names none of them
   */
  static String choose(String key, Optional<String> wanted, List<String> names, Path path) {
    String shown = HoconText.of(names);
    if (wanted.isEmpty()) {
      if (names.size() == 1) {
        return names.get(0);
      }
      throw new SettingException(
          key,
          String.format(
              Locale.ROOT,
              "is not set, but %s holds %d: %s; choose one",
              path,
              names.size(),
              shown));
    }
    String name = wanted.get();
    if (!names.contains(name)) {
      String nearest =
          Names.nearest(name, names)
              .map(near -> "; did you mean " + HoconText.of(near) + "?")
              .orElse("");
      throw new SettingException(key, "is not in " + path + ", which holds " + shown + nearest);
    }
    return name;
  }
}
