package org.largevae.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.largevae.datasets.files.Downloads.PACKED;
import static org.largevae.datasets.files.Downloads.downloader;
import static org.largevae.datasets.files.Downloads.fileAt;
import static org.largevae.datasets.files.Downloads.once;
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
import org.largevae.api.data.DataFile;

class HttpDownloaderTest {
  @TempDir Path folder;
  private Path target;
  private Path part;

  @BeforeEach
  void nameFiles() {
    target = folder.resolve("cache").resolve("things").resolve(PublishedFile.NAME);
    part = target.resolveSibling(PublishedFile.NAME + ".part");
  }

  @Test
  void putsAWholeFileInPlaceAndTellsTheListener() throws IOException {
    try (BadServer server = new BadServer(BadServer.serve(PACKED))) {
      Log log = new Log();
      new HttpDownloader(settings(), log).download(fileAt(server), target);
      assertThat(target).hasBinaryContent(PACKED);
      assertThat(part).doesNotExist();
      assertThat(server.ranges()).containsExactly("all");
      assertThat(log.events)
          .startsWith("started 0 of " + PACKED.length)
          .endsWith("advanced " + PACKED.length, "finished " + target);
    }
  }

  @Test
  void goesOnWhereTheServerBrokeOff() throws IOException {
    BadServer.Answer broken = BadServer.sendOnly(PACKED, 100_000);
    try (BadServer server = new BadServer(broken, BadServer.serve(PACKED))) {
      Log log = new Log();
      new HttpDownloader(settings(), log).download(fileAt(server), target);
      assertThat(target).hasBinaryContent(PACKED);
      assertThat(server.ranges()).hasSize(2).first().isEqualTo("all");
      assertThat(server.ranges().get(1)).isEqualTo("bytes=100000-");
      assertThat(log.events).contains("started 100000 of " + PACKED.length);
      assertThat(log.events).anyMatch(event -> event.startsWith("failed"));
    }
  }

  @Test
  void goesOnWithWhatAnEarlierProgramLeft() throws IOException {
    BadServer.Answer broken = BadServer.sendOnly(PACKED, 70_000);
    try (BadServer server = new BadServer(broken)) {
      assertThatThrownBy(() -> once().download(fileAt(server), target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("broke off after 70000 of " + PACKED.length + " bytes");
    }
    assertThat(target).doesNotExist();
    assertThat(part).hasSize(70_000);
    try (BadServer server = new BadServer(BadServer.serve(PACKED))) {
      once().download(fileAt(server), target);
      assertThat(server.ranges()).containsExactly("bytes=70000-");
    }
    assertThat(target).hasBinaryContent(PACKED);
  }

  @Test
  void startsAgainWhereTheServerIgnoresTheRange() throws IOException {
    leavePart(Arrays.copyOf(PACKED, 1000));
    try (BadServer server = new BadServer(BadServer.ignoreRange(PACKED))) {
      once().download(fileAt(server), target);
      assertThat(server.ranges()).containsExactly("bytes=1000-");
    }
    assertThat(target).hasBinaryContent(PACKED);
  }

  @Test
  void startsAgainWhereTheServerSendsAnotherRange() throws IOException {
    leavePart(Arrays.copyOf(PACKED, 1000));
    try (BadServer server = new BadServer(BadServer.otherRange(PACKED), BadServer.serve(PACKED))) {
      downloader().download(fileAt(server), target);
      assertThat(server.ranges()).containsExactly("bytes=1000-", "all");
    }
    assertThat(target).hasBinaryContent(PACKED);
  }

  @Test
  void startsAgainWhereTheEarlierPartIsOfAnotherFile() throws IOException {
    leavePart(new byte[1000]);
    try (BadServer server = new BadServer(BadServer.serve(PACKED), BadServer.serve(PACKED))) {
      downloader().download(fileAt(server), target);
      assertThat(server.ranges()).containsExactly("bytes=1000-", "all");
    }
    assertThat(target).hasBinaryContent(PACKED);
  }

  @Test
  void takesAPartThatIsWholeAlready() throws IOException {
    leavePart(PACKED);
    try (BadServer server = new BadServer(BadServer.status(416))) {
      once().download(fileAt(server), target);
    }
    assertThat(target).hasBinaryContent(PACKED);
  }

  @Test
  void asksTheNextAddressAfter404WithoutRepeating() throws IOException {
    try (BadServer gone = new BadServer(BadServer.status(404), BadServer.status(404));
        BadServer good = new BadServer(BadServer.serve(PACKED))) {
      downloader().download(fileAt(gone, good), target);
      assertThat(gone.ranges()).hasSize(1);
    }
    assertThat(target).hasBinaryContent(PACKED);
  }

  @Test
  void followsRedirectsWithinBounds() throws IOException {
    try (BadServer server = new BadServer(BadServer.redirect("/b"), BadServer.serve(PACKED))) {
      once().download(fileAt(server), target);
      assertThat(target).hasBinaryContent(PACKED);
    }
    Files.delete(target);
    BadServer.Answer[] circle = new BadServer.Answer[10];
    Arrays.fill(circle, BadServer.redirect("/a"));
    try (BadServer server = new BadServer(circle)) {
      assertThatThrownBy(() -> once().download(fileAt(server), target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("redirects more than 5 times");
    }
  }

  @Test
  void downloadsOnceForTwoThatWantTheSameFile() throws IOException {
    try (BadServer server = new BadServer(BadServer.serve(PACKED))) {
      HttpDownloader shared = once();
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(() -> shared.download(fileAt(server), target));
      shared.download(fileAt(server), target);
      other.join();
      assertThat(server.ranges()).hasSize(1);
    }
    assertThat(target).hasBinaryContent(PACKED);
    assertThat(part).doesNotExist();
  }

  private void leavePart(byte[] content) throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, content);
  }

  private static final class Log implements DownloadListener {
    private final List<String> events = new ArrayList<>();

    @Override
    public void started(DataFile file, URI address, long present, OptionalLong total) {
      events.add("started " + present + " of " + total.orElse(-1));
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
