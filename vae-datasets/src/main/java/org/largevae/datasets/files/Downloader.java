package org.largevae.datasets.files;

import java.nio.file.Path;
import org.largevae.api.dataset.DataFile;

/** Gets a published file from its address. */
@FunctionalInterface
public interface Downloader {

  /**
   * Downloads a file, checks its content and puts it in place.
   *
   * @param file what to get
   * @param target where to put it, as published; its folder is made if need be. It appears whole or
   *     not at all
   * @throws org.largevae.api.data.DataException if no address gives the expected content, or the
   *     target cannot be written
   */
  void download(DataFile file, Path target);
}
