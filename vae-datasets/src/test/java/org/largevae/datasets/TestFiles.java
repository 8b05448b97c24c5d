package org.largevae.datasets;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.List;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataFiles;
import org.largevae.api.data.Dataset;
import org.largevae.api.data.DatasetProvider;
import org.largevae.datasets.files.DataPlaces;
import org.largevae.datasets.files.StandardDataFiles;

/** Loads datasets from this repository alone. */
public final class TestFiles {
  private static final Path REPOSITORY_DATA = Path.of("..", "vae-examples", "data");

  private TestFiles() {}

  /** The embedded files and the repository's data; relative paths count from {@code base}. */
  static DataFiles offline(Path base) {
    return new StandardDataFiles(
        new DataPlaces(
            TestFiles.class.getClassLoader(),
            List.of(REPOSITORY_DATA),
            base.resolve("no-cache"),
            base,
            true),
        (file, target) -> {
          throw new AssertionError("downloads " + file);
        });
  }

  public static Dataset load(DatasetProvider provider, String section, Path base) {
    return provider.load(
        new Settings(
            ConfigFactory.parseString(section).withFallback(provider.defaults()), "dataset"),
        offline(base));
  }
}
