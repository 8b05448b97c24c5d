package org.largevae.datasets.files;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.largevae.api.dataset.DataFile;

/** What the tests of downloads have in common: a file, its descriptions, impatient settings. */
final class Downloads {
  static final PublishedFile FILE = PublishedFile.at();
  static final byte[] PACKED = FILE.packed();
  static final int MAXIMUM = 400_000;

  private Downloads() {}

  static HttpDownloader downloader() {
    return new HttpDownloader(settings(), new DownloadListener() {});
  }

  static DownloadSettings settings() {
    Duration patience = Duration.ofMillis(1500);
    return new DownloadSettings(patience, patience, MAXIMUM, true);
  }

  static DataFile fileAt(BadServer... servers) {
    return described(Arrays.stream(servers).map(server -> server.address("a")).toList());
  }

  static DataFile described(List<URI> addresses) {
    DataFile file = FILE.description();
    return new DataFile(file.folder(), file.name(), file.sha256().orElseThrow(), addresses);
  }
}
