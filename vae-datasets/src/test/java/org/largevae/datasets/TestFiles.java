package org.largevae.datasets;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.Settings;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.RawData;
import org.largevae.api.dataset.RawTable;
import org.largevae.datasets.files.DataLocations;
import org.largevae.datasets.files.StandardDataFiles;

/** Loads datasets from this repository alone. */
public final class TestFiles {
  private static final Path REPOSITORY_DATA = Path.of("..", "vae-examples", "data");

  private TestFiles() {}

  /** The embedded files and the repository's data; relative paths count from {@code base}. */
  static DataFiles offline(Path base) {
    return new StandardDataFiles(
        new DataLocations(
            TestFiles.class.getClassLoader(),
            List.of(REPOSITORY_DATA),
            base.resolve("no-cache"),
            base,
            true),
        (file, target) -> {
          throw new AssertionError("downloads " + file);
        });
  }

  /**
   * Loads a dataset as a run does: what it says of its settings is said with the whole key.
   *
   * @param section what stands between the braces of {@code dataset}
   * @param base the folder that relative paths count from
   */
  public static <S extends Record> RawTable table(
      DatasetProvider<S> provider, String section, Path base) {
    return (RawTable) raw(provider, section, base);
  }

  /** The same for a dataset of one kind. */
  public static <S extends Record> Dataset load(
      DatasetProvider<S> provider, String section, Path base) {
    return (Dataset) raw(provider, section, base);
  }

  private static <S extends Record> RawData raw(
      DatasetProvider<S> provider, String section, Path base) {
    SettingsSchema<S> schema = provider.settings();
    Config defaults = schema.defaults("the defaults of dataset " + provider.name());
    Settings settings =
        new Settings(ConfigFactory.parseString(section).withFallback(defaults), "dataset");
    try {
      return provider.load(schema.read(settings), offline(base));
    } catch (SettingException broken) {
      throw settings.fault(broken.key(), broken.rule());
    }
  }

  /** Packs with gzip where the name ends in .gz. */
  static void writeMaybePacked(Path file, byte[] content) throws IOException {
    OutputStream plain = Files.newOutputStream(file);
    try (OutputStream stream =
        file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
      stream.write(content);
    }
  }
}
