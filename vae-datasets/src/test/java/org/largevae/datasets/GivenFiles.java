package org.largevae.datasets;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;

/**
 * Files made up for a test, whose SHA-256 nobody checks.
 *
 * @param contents by folder and name
 */
record GivenFiles(Map<String, byte[]> contents) implements DataFiles {
  @Override
  public byte[] read(DataFile file) {
    return Optional.ofNullable(contents.get(key(file)))
        .orElseThrow(() -> new DataException(key(file) + " is not given"));
  }

  @Override
  public Optional<String> locate(DataFile file) {
    return Optional.of(key(file)).filter(contents::containsKey);
  }

  @Override
  public Path resolve(String path) {
    return Path.of(path);
  }

  private static String key(DataFile file) {
    return file.folder() + "/" + file.name();
  }
}
