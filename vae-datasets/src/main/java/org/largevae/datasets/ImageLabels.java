package org.largevae.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Labels;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.MessageText;
import org.largevae.api.files.Sha256;
import org.largevae.datasets.format.ImageFolder;
import org.largevae.datasets.format.LabelFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a folder's images have their classes from, as {@code dataset.labels} says.
 *
 * @param written the key's value
 * @param file that it names, if it does
 */
record ImageLabels(String written, Optional<Path> file) {
  private static final Logger LOGGER = LoggerFactory.getLogger(ImageLabels.class);
  private static final String KEY = "labels";
  private static final String AUTO = "auto";
  private static final String NONE = "none";
  private static final String FOLDERS = "folders";

  static ImageLabels of(String written, DataFiles files) {
    boolean word = List.of(AUTO, NONE, FOLDERS).contains(written);
    return new ImageLabels(
        written,
        word
            ? Optional.empty()
            : Optional.of(
                OwnFile.path(
                    "dataset." + KEY, written, files, "CSV", ", or be auto, none or folders")));
  }

  /**
   * What is known of the images' classes.
   *
   * @param labels empty for none
   * @param fingerprints the SHA-256 of the file that was read, if one was, by its name
   */
  record ImageClasses(Optional<Labels> labels, Map<String, String> fingerprints) {}

  /**
   * Labels images.
   *
   * @throws DataException if the file is damaged or lacks an image
   * @throws SettingException if images lie in no folder whose name could be their class
   */
  ImageClasses of(ImageFolder images) {
    if (file.isPresent()) {
      return fromFile(images, file.get());
    }
    return new ImageClasses(
        written.equals(NONE) ? Optional.empty() : fromFolders(images), Map.of());
  }

  private Optional<Labels> fromFolders(ImageFolder images) {
    List<String> classes = new ArrayList<>();
    for (String name : images.names()) {
      int slash = name.indexOf('/');
      if (slash > 0) {
        classes.add(name.substring(0, slash));
      } else if (written.equals(FOLDERS)) {
        throw new SettingException(
            KEY,
            String.format(
                Locale.ROOT,
                "takes the classes from the folders below %s, but %s lies in none of them",
                images.folder(),
                MessageText.of(name)));
      } else {
        return Optional.empty();
      }
    }
    Labels labels = Labels.of(classes);
    return written.equals(FOLDERS) || labels.names().size() > 1
        ? Optional.of(labels)
        : Optional.empty();
  }

  private ImageClasses fromFile(ImageFolder images, Path path) {
    MessageDigest digest = Sha256.start();
    Map<String, String> classes;
    try (InputStream content = new DigestInputStream(Files.newInputStream(path), digest)) {
      classes = LabelFile.read(content, path.toString());
    } catch (IOException fault) {
      throw new DataException(path + ": cannot be read: " + FailureText.of(fault), fault);
    }
    List<String> missing =
        images.names().stream().filter(name -> !classes.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: has no label for %s%s; its column file must hold the paths within %s, slashes"
                  + " between their parts",
              path,
              MessageText.of(missing.get(0)),
              missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " other images",
              images.folder()));
    }
    int others = classes.size() - images.names().size();
    if (others > 0) {
      LOGGER.warn(
          String.format(
              Locale.ROOT,
              "%s: %d of its %d files are not among the images in %s",
              path,
              others,
              classes.size(),
              images.folder()));
    }
    Labels labels = Labels.of(images.names().stream().map(classes::get).toList());
    return new ImageClasses(Optional.of(labels), Map.of(written, Sha256.hex(digest)));
  }
}
