package org.largevae.datasets.files;

import java.time.Duration;
import java.util.Objects;

/**
 * How {@link HttpDownloader} behaves.
 *
 * @param connectTimeout the longest wait for a connection
 * @param readTimeout the longest wait for the next bytes
 * @param attempts tries at one address before the next is tried, at least 1
 * @param pause wait between two tries
 * @param maximumBytes longest file that is accepted, packed or unpacked
 * @param loopbackHttp true to allow plain HTTP to this machine itself, for tests
 */
public record DownloadSettings(
    Duration connectTimeout,
    Duration readTimeout,
    int attempts,
    Duration pause,
    long maximumBytes,
    boolean loopbackHttp) {

  /** Checks the bounds. */
  public DownloadSettings {
    Objects.requireNonNull(connectTimeout, "connectTimeout is null");
    Objects.requireNonNull(readTimeout, "readTimeout is null");
    Objects.requireNonNull(pause, "pause is null");
    if (attempts < 1 || maximumBytes < 1) {
      throw new IllegalArgumentException(
          "attempts = " + attempts + ", maximumBytes = " + maximumBytes + ": must be at least 1");
    }
  }

  /**
   * What suits a user's machine: half a minute of patience, three tries, files up to 2 GiB.
   *
   * @return the settings
   */
  public static DownloadSettings standard() {
    return new DownloadSettings(
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        3,
        Duration.ofSeconds(2),
        Integer.MAX_VALUE,
        false);
  }
}
