package org.largevae.datasets.files;

import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.largevae.api.dataset.DataFile;

/** Follows a download, for example to show a bar. Called on the downloading thread. */
public interface DownloadListener {

  /**
   * The first bytes are about to arrive.
   *
   * @param file what is downloaded
   * @param address where from
   * @param total the file's length in bytes, if the server says
   */
  default void started(DataFile file, URI address, OptionalLong total) {}

  /**
   * More bytes have arrived.
   *
   * @param present how many have arrived so far
   */
  default void advanced(long present) {}

  /**
   * An address was of no use; another one may follow.
   *
   * @param address where from
   * @param reason what happened
   */
  default void failed(URI address, String reason) {}

  /**
   * The file is whole, checked and in its place.
   *
   * @param target its place
   */
  default void finished(Path target) {}
}
