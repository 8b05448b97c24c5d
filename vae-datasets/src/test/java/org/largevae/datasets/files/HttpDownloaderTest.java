package org.largevae.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.largevae.datasets.files.Downloads.PACKED;
import static org.largevae.datasets.files.Downloads.downloader;
import static org.largevae.datasets.files.Downloads.fileAt;
import static org.largevae.datasets.files.Downloads.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFile;

class HttpDownloaderTest {
  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void nameFiles() {
    target = folder.resolve("cache").resolve("things").resolve(PublishedFile.NAME);
  }

  @Test
  void putsAWholeFileInPlaceAndTellsTheListener() throws IOException {
    try (BadServer server = new BadServer(BadServer.serve(PACKED))) {
      Log log = new Log();
      new HttpDownloader(settings(), log).download(fileAt(server), target);
      assertThat(target).hasBinaryContent(PACKED);
      assertThat(target.getParent()).isDirectoryNotContaining(path -> !path.equals(target));
      assertThat(server.requests()).isEqualTo(1);
      assertThat(log.events)
          .startsWith("started " + PACKED.length)
          .endsWith("advanced " + PACKED.length, "finished " + target);
    }
  }

  @Test
  void asksTheNextAddressAfterOneThatFails() throws IOException {
    try (BadServer gone = new BadServer(BadServer.status(404), BadServer.status(404));
        BadServer broken = new BadServer(BadServer.sendOnly(PACKED, 100_000));
        BadServer good = new BadServer(BadServer.serve(PACKED))) {
      Log log = new Log();
      new HttpDownloader(settings(), log).download(fileAt(gone, broken, good), target);
      assertThat(gone.requests()).isEqualTo(1);
      assertThat(log.events)
          .startsWith("failed the server answers 404 Not Found")
          .filteredOn(event -> event.startsWith("failed"))
          .hasSize(2);
    }
    assertThat(target).hasBinaryContent(PACKED);
    assertThat(target.getParent()).isDirectoryNotContaining(path -> !path.equals(target));
  }

  @Test
  void followsRedirectsWithinBounds() throws IOException {
    try (BadServer server = new BadServer(BadServer.redirect("/b"), BadServer.serve(PACKED))) {
      downloader().download(fileAt(server), target);
      assertThat(target).hasBinaryContent(PACKED);
    }
    Files.delete(target);
    BadServer.Answer[] circle = new BadServer.Answer[10];
    Arrays.fill(circle, BadServer.redirect("/a"));
    try (BadServer server = new BadServer(circle)) {
      assertThatThrownBy(() -> downloader().download(fileAt(server), target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("redirects more than 5 times");
    }
  }

  @Test
  void downloadsOnceForTwoThatWantTheSameFile() throws IOException {
    try (BadServer server = new BadServer(BadServer.serve(PACKED))) {
      HttpDownloader shared = downloader();
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(() -> shared.download(fileAt(server), target));
      shared.download(fileAt(server), target);
      other.join();
      assertThat(server.requests()).isEqualTo(1);
    }
    assertThat(target).hasBinaryContent(PACKED);
  }

  private static final class Log implements DownloadListener {
    private final List<String> events = new ArrayList<>();

    @Override
    public void started(DataFile file, URI address, OptionalLong total) {
      events.add("started " + total.orElse(-1));
    }

    @Override
    public void advanced(long present) {
      events.add("advanced " + present);
    }

    @Override
    public void failed(URI address, String reason) {
      events.add("failed " + reason);
    }

    @Override
    public void finished(Path target) {
      events.add("finished " + target);
    }
  }
}
