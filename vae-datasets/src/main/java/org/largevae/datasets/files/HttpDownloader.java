package org.largevae.datasets.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.files.DurableFiles;
import org.largevae.api.files.FailureText;

/**
 * Downloads over HTTPS into a temporary file, checks the SHA-256 of the uncompressed content, and
 * only then moves the file into its place. Each address is tried once, in order. One download at a
 * time; others wait.
 *
 * <p>Uses {@link HttpURLConnection} rather than the newer client because its read time-out also
 * ends a transfer that stalls midway.
 */
public final class HttpDownloader implements Downloader {
  private static final int BUFFER = 1 << 16;
  private static final int MOST_REDIRECTS = 5;

  private final DownloadSettings settings;
  private final DownloadListener listener;

  /**
   * Downloads within the given limits.
   *
   * @param settings time-outs and limits
   * @param listener follows the downloads
   */
  public HttpDownloader(DownloadSettings settings, DownloadListener listener) {
    this.settings = Objects.requireNonNull(settings, "settings is null");
    this.listener = Objects.requireNonNull(listener, "listener is null");
  }

  @Override
  public synchronized void download(DataFile file, Path target) {
    if (Files.exists(target)) {
      return; // Another thread downloaded it while this one waited.
    }
    Path folder = target.toAbsolutePath().getParent();
    Path temporary =
        folder.resolve(DurableFiles.temporary(target.getFileName() + "." + UUID.randomUUID()));
    try {
      DurableFiles.makeFolder(folder);
    } catch (IOException fault) {
      throw new DataException(
          folder + ": cannot be made to keep downloads in: " + FailureText.of(fault), fault);
    }
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      fetch(file, channel, temporary, folder);
      // On the disk first, so that a crash leaves no empty file.
      channel.force(true);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.syncFolder(folder);
    } catch (IOException fault) {
      throw new DataException(target + ": cannot be written: " + FailureText.of(fault), fault);
    } finally {
      remove(temporary);
    }
    listener.finished(target);
  }

  private static void remove(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException fault) {
      throw new DataException(temporary + ": cannot be removed: " + FailureText.of(fault), fault);
    }
  }

  /** Fills the temporary file with the right content or throws. */
  private void fetch(DataFile file, FileChannel channel, Path temporary, Path folder)
      throws IOException {
    List<String> failures = new ArrayList<>();
    for (URI address : file.addresses()) {
      channel.truncate(0);
      try {
        receive(file, address, channel);
        requireRight(file, temporary);
        return;
      } catch (IOException fault) {
        String reason = FailureText.of(fault);
        failures.add(address + ": " + reason);
        listener.failed(address, reason);
      }
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s: cannot be downloaded (%s); try again, or get it elsewhere and put it into %s as %s"
                + " (SHA-256 of its %scontent: %s)",
            file.name(),
            failures.isEmpty() ? "no address is known" : String.join("; ", failures),
            folder,
            file.name(),
            file.isPacked() ? "uncompressed " : "",
            file.sha256().orElse("not known")));
  }

  private void receive(DataFile file, URI address, FileChannel channel) throws IOException {
    requireAllowed(address, "it is not an HTTPS address");
    HttpURLConnection connection = connect(address, MOST_REDIRECTS);
    try {
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException(
            "the server answers "
                + connection.getResponseCode()
                + " "
                + connection.getResponseMessage());
      }
      long length = connection.getContentLengthLong();
      listener.started(file, address, length < 0 ? OptionalLong.empty() : OptionalLong.of(length));
      copy(connection, channel, length < 0 ? settings.maximumBytes() : length);
    } finally {
      connection.disconnect();
    }
  }

  private void copy(HttpURLConnection connection, FileChannel channel, long length)
      throws IOException {
    long most = Math.min(length, settings.maximumBytes());
    String tooMuch = "the server sends more than " + most + " bytes";
    if (length > most) {
      throw new IOException(tooMuch);
    }
    // Not closed: that would close the channel.
    OutputStream out = Channels.newOutputStream(channel);
    try (InputStream body = BoundedStream.of(connection.getInputStream(), most, tooMuch)) {
      byte[] buffer = new byte[BUFFER];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        out.write(buffer, 0, count);
        listener.advanced(channel.size());
      }
    }
  }

  /** Follows redirects by hand: the platform's way does not check where they lead. */
  private HttpURLConnection connect(URI address, int redirects) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()));
    connection.setReadTimeout(Math.toIntExact(settings.readTimeout().toMillis()));
    connection.setRequestProperty("User-Agent", "large-vae");
    String location = connection.getHeaderField("Location");
    if (connection.getResponseCode() / 100 != 3 || location == null) {
      return connection;
    }
    connection.disconnect();
    if (redirects == 0) {
      throw new IOException("it redirects more than " + MOST_REDIRECTS + " times");
    }
    return connect(redirected(address, location), redirects - 1);
  }

  private URI redirected(URI from, String location) throws IOException {
    try {
      URI to = from.resolve(location);
      requireAllowed(to, "it redirects to " + to + ", which is not an HTTPS address");
      return to;
    } catch (IllegalArgumentException malformed) {
      throw new IOException("it redirects to " + location + ", which is not an address", malformed);
    }
  }

  private void requireAllowed(URI address, String otherwise) throws IOException {
    boolean secure = "https".equalsIgnoreCase(address.getScheme());
    boolean plain = "http".equalsIgnoreCase(address.getScheme());
    if (!secure && !(plain && settings.loopbackHttp() && isLoopback(address.getHost()))) {
      throw new IOException(otherwise);
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return host != null && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  private static void requireRight(DataFile file, Path temporary) throws IOException {
    Content content = Content.read(Files.newInputStream(temporary), file);
    if (!content.is(file)) {
      throw new IOException("it sent wrong content, whose SHA-256 is " + content.sha256());
    }
  }
}
