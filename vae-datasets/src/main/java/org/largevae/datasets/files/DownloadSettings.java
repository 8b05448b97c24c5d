package org.largevae.datasets.files;

import java.time.Duration;
import java.util.Objects;

/**
 * How {@link HttpDownloader} behaves.
 *
 * @param connectTimeout the longest wait for a connection
 * @param readTimeout the longest wait for the next bytes
 * @param maximumBytes the longest file that is accepted
 * @param loopbackHttp true to allow plain HTTP to this machine itself, for tests
 */
public record DownloadSettings(
    Duration connectTimeout, Duration readTimeout, long maximumBytes, boolean loopbackHttp) {

  /** Checks the bounds. */
  public DownloadSettings {
    Objects.requireNonNull(connectTimeout, "connectTimeout is null");
    Objects.requireNonNull(readTimeout, "readTimeout is null");
    if (maximumBytes < 1) {
      throw new IllegalArgumentException("maximumBytes = " + maximumBytes + ": must be at least 1");
    }
  }

  /**
   * What suits a user's machine: half a minute of patience, files up to 2 GiB.
   *
   * @return the settings
   */
  public static DownloadSettings standard() {
    Duration patience = Duration.ofSeconds(30);
    return new DownloadSettings(patience, patience, Integer.MAX_VALUE, false);
  }
}
