package org.largevae.runner.testing;

import java.nio.file.Path;
import java.util.List;
import org.largevae.api.data.DataException;
import org.largevae.datasets.files.DataLocations;
import org.largevae.datasets.files.StandardDataFiles;

/** Data files that are on the class path or in a test's folder, or nowhere. */
public final class OfflineFiles {

  private OfflineFiles() {}

  /** Relative names are looked up in the folder; asking for a download fails. */
  public static StandardDataFiles in(Path folder) {
    ClassLoader classes = OfflineFiles.class.getClassLoader();
    return new StandardDataFiles(
        new DataLocations(classes, List.of(), folder.resolve("cache"), folder, true),
        (file, target) -> {
          throw new DataException("tests download nothing");
        });
  }
}
