package org.largevae.api.dataset;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds a dataset's files: on the class path, in the user's folders, in the cache, and last by a
 * download.
 */
public interface DataFiles {

  /**
   * The uncompressed content of a file, its SHA-256 checked.
   *
   * @param file the file
   * @return its bytes
   * @throws org.largevae.api.data.DataException if it cannot be found anywhere or its content is
   *     not the expected one
   */
  byte[] read(DataFile file);

  /**
   * Where a file is now, without downloading it.
   *
   * @param file the file
   * @return its place for people to read, a path or the jar that holds it; empty if it would have
   *     to be downloaded
   */
  Optional<String> locate(DataFile file);

  /**
   * Resolves a path that a user wrote in the configuration against the folder it counts from.
   *
   * @param path absolute or relative
   * @return the absolute path
   */
  Path resolve(String path);
}
