package org.largevae.datasets.files;

import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.largevae.api.data.DataFile;

/** Follows a download, for example to show a bar. Called on the downloading thread. */
public interface DownloadListener {

  /**
   * Bytes begin to come in. Called again after each break.
   *
   * @param file what is downloaded
   * @param address where from
   * @param present bytes that an earlier try left and that are kept
   * @param total the whole file's length in bytes, if the server says
   */
  default void started(DataFile file, URI address, long present, OptionalLong total) {}

  /**
   * More has come in.
   *
   * @param present bytes that are there by now
   */
  default void advanced(long present) {}

  /**
   * A try failed; another one or another address may follow.
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
