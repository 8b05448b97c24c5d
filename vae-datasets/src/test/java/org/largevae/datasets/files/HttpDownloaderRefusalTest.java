package org.largevae.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.largevae.datasets.files.Downloads.FILE;
import static org.largevae.datasets.files.Downloads.MAXIMUM;
import static org.largevae.datasets.files.Downloads.PACKED;
import static org.largevae.datasets.files.Downloads.described;
import static org.largevae.datasets.files.Downloads.downloader;
import static org.largevae.datasets.files.Downloads.fileAt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.files.Sha256;

class HttpDownloaderRefusalTest {
  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void nameFiles() {
    target = folder.resolve("cache").resolve("things").resolve(PublishedFile.NAME);
  }

  @Test
  void refusesWrongContentAndKeepsNoneOfIt() throws IOException {
    byte[] wrong = "something else".getBytes(StandardCharsets.US_ASCII);
    try (BadServer server = new BadServer(BadServer.serve(PublishedFile.gzip(wrong)))) {
      assertThatThrownBy(() -> downloader().download(fileAt(server), target))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(PublishedFile.NAME + ": cannot be downloaded (")
          .hasMessageContaining(server.address("a") + ": it sent wrong content, whose SHA-256 is ")
          .hasMessageContaining(Sha256.hex(wrong))
          .hasMessageContaining("put it into " + target.getParent())
          .hasMessageEndingWith(
              "(SHA-256 of its uncompressed content: "
                  + FILE.description().sha256().orElseThrow()
                  + ")");
      assertThat(server.requests()).isEqualTo(1);
    }
    assertThat(folder.resolve("cache").resolve("things")).isEmptyDirectory();
  }

  @Test
  void refusesDamagedGzip() throws IOException {
    byte[] cut = Arrays.copyOf(PACKED, PACKED.length - 20);
    try (BadServer server = new BadServer(BadServer.serve(cut))) {
      assertThatThrownBy(() -> downloader().download(fileAt(server), target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(server.address("a") + ": it ends too soon");
    }
    assertThat(target).doesNotExist();
  }

  @Test
  void namesEveryAddressThatFailed() throws IOException {
    try (BadServer gone = new BadServer(BadServer.status(404));
        BadServer busy = new BadServer(BadServer.status(503))) {
      assertThatThrownBy(() -> downloader().download(fileAt(gone, busy), target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(gone.address("a") + ": the server answers 404 Not Found; ")
          .hasMessageContaining(busy.address("a") + ": the server answers 503");
    }
    assertThat(folder.resolve("cache").resolve("things")).isEmptyDirectory();
  }

  @Test
  void stopsAServerThatSendsTooMuch() throws IOException {
    try (BadServer server = new BadServer(BadServer.endless())) {
      assertThatThrownBy(() -> downloader().download(fileAt(server), target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("sends more than " + MAXIMUM + " bytes");
    }
    assertThat(folder.resolve("cache").resolve("things")).isEmptyDirectory();
  }

  @Test
  void refusesADeclaredLengthThatIsTooMuch() throws IOException {
    try (BadServer server = new BadServer(BadServer.serve(new byte[MAXIMUM + 1]))) {
      assertThatThrownBy(() -> downloader().download(fileAt(server), target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("sends more than " + MAXIMUM + " bytes");
    }
  }

  @Test
  void refusesAFileThatUnpacksToSomethingElse() throws IOException {
    byte[] bomb = PublishedFile.gzip(new byte[50 * MAXIMUM]);
    assertThat(bomb.length).isLessThan(MAXIMUM);
    try (BadServer server = new BadServer(BadServer.serve(bomb))) {
      assertThatThrownBy(() -> downloader().download(fileAt(server), target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("it sent wrong content");
    }
    assertThat(folder.resolve("cache").resolve("things")).isEmptyDirectory();
  }

  @Test
  void givesUpOnATransferThatStalls() throws IOException {
    try (BadServer server = new BadServer(BadServer.stall(PACKED, 5000, 5000))) {
      assertThatThrownBy(() -> downloader().download(fileAt(server), target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("no answer in time");
    }
    assertThat(folder.resolve("cache").resolve("things")).isEmptyDirectory();
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    DataFile file = described(List.of(URI.create("http://localhost:" + port + "/a")));
    assertThatThrownBy(() -> downloader().download(file, target))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no connection");
  }

  @Test
  void refusesARedirectAwayFromHttps() throws IOException {
    try (BadServer server = new BadServer(BadServer.redirect("http://192.0.2.1/a"))) {
      assertThatThrownBy(() -> downloader().download(fileAt(server), target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("redirects to http://192.0.2.1/a, which is not an HTTPS address");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/hostname",
        "ftp://localhost/a",
        "jar:file:/a.jar!/b",
        "data:,x",
        "http://192.0.2.1:80/a"
      })
  void refusesARedirectToAnotherScheme(String place) throws IOException {
    try (BadServer server = new BadServer(BadServer.redirect(place))) {
      assertThatThrownBy(() -> downloader().download(fileAt(server), target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("redirects to " + place + ", which is not an HTTPS address");
    }
    assertThat(folder.resolve("cache").resolve("things")).isEmptyDirectory();
  }

  /** Java's own client passes on what comes behind the declared length. */
  @Test
  void refusesADownloadThatIsLongerThanDeclared() throws Exception {
    int declared = PACKED.length - 10;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> answer(server, declared));
      DataFile file =
          described(List.of(URI.create("http://localhost:" + server.getLocalPort() + "/a")));
      assertThatThrownBy(() -> downloader().download(file, target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("the server sends more than " + declared + " bytes");
      answer.get(10, TimeUnit.SECONDS);
    }
    assertThat(target).doesNotExist();
  }

  private static void answer(ServerSocket server, int declared) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[1 << 12]);
      String head = "HTTP/1.1 200 OK\r\nContent-Length: " + declared + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(PACKED);
      socket.getOutputStream().flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void refusesPlainHttpByDefault() throws IOException {
    try (BadServer server = new BadServer(BadServer.serve(PACKED))) {
      HttpDownloader standard =
          new HttpDownloader(DownloadSettings.standard(), new DownloadListener() {});
      assertThatThrownBy(() -> standard.download(fileAt(server), target))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is not an HTTPS address");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void refusesPlainHttpToOtherMachinesEvenInTests() {
    DataFile file = described(List.of(URI.create("http://192.0.2.1/a"), URI.create("file:/a")));
    assertThatThrownBy(() -> downloader().download(file, target))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "http://192.0.2.1/a: it is not an HTTPS address; file:/a: it is not an HTTPS");
  }

  @Test
  void saysThatNoAddressIsKnown() {
    assertThatThrownBy(() -> downloader().download(described(List.of()), target))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be downloaded (no address is known)");
  }

  @Test
  void saysThatTheFolderCannotBeMade() throws IOException {
    Files.writeString(folder.resolve("cache"), "in the way");
    assertThatThrownBy(() -> downloader().download(described(List.of()), target))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be made to keep downloads in")
        .hasMessageContaining(folder.resolve("cache").toString());
  }
}
