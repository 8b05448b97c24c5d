package org.largevae.datasets.files;

import org.largevae.api.files.FailureText;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalLong;
import org.largevae.api.data.DataFile;

/**
 * One try at one address.
 *
 * <p>Uses {@link HttpURLConnection} rather than the newer client because its read time-out also
 * ends a transfer that stalls midway.
 */
final class Transfer {
  private static final int BUFFER = 1 << 16;
  private static final int MOST_REDIRECTS = 5;
  private static final int TEMPORARY_REDIRECT = 307;
  private static final int PERMANENT_REDIRECT = 308;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TOO_MANY_REQUESTS = 429;

  private final DownloadSettings settings;
  private final DownloadListener listener;
  private final DataFile file;
  private final PartFile part;

  Transfer(DownloadSettings settings, DownloadListener listener, DataFile file, PartFile part) {
    this.settings = settings;
    this.listener = listener;
    this.file = file;
    this.part = part;
  }

  /**
   * How it went.
   *
   * @param failure why the server's bytes are not all there; empty if they are
   * @param repeatable whether another try at the address may do better
   */
  record Outcome(Optional<String> failure, boolean repeatable) {}

  /** The server will not change its mind. */
  private static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  /** Brings the part up to the server's whole file; the network's faults are the outcome. */
  Outcome from(URI address) {
    try {
      HttpURLConnection connection = connect(address);
      try {
        receive(connection, address);
      } finally {
        connection.disconnect();
      }
      return new Outcome(Optional.empty(), false);
    } catch (Refusal refusal) {
      return new Outcome(Optional.of(refusal.getMessage()), false);
    } catch (IOException fault) {
      return new Outcome(Optional.of("failed: " + FailureText.of(fault)), true);
    }
  }

  /** Follows redirects by hand: the platform's way does not check where they lead. */
  private HttpURLConnection connect(URI address) throws IOException {
    requireAllowed(address, "is not an HTTPS address");
    URI current = address;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpURLConnection connection = request(current);
      if (!isRedirect(connection.getResponseCode())) {
        return connection;
      }
      String location = connection.getHeaderField("Location");
      connection.disconnect();
      current = target(current, location);
    }
    throw new Refusal("redirects more than " + MOST_REDIRECTS + " times");
  }

  private HttpURLConnection request(URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()));
    connection.setReadTimeout(Math.toIntExact(settings.readTimeout().toMillis()));
    connection.setRequestProperty("User-Agent", "large-vae");
    // Compression by the server would make byte ranges mean something else.
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (part.size() > 0) {
      connection.setRequestProperty("Range", "bytes=" + part.size() + "-");
    }
    return connection;
  }

  private URI target(URI from, String location) throws Refusal {
    try {
      URI to = from.resolve(location == null ? "" : location);
      requireAllowed(to, "redirects to " + to + ", which is not an HTTPS address");
      return to;
    } catch (IllegalArgumentException malformed) {
      throw new Refusal("redirects to " + location + ", which is not an address");
    }
  }

  private void requireAllowed(URI address, String otherwise) throws Refusal {
    boolean secure = "https".equalsIgnoreCase(address.getScheme());
    boolean plain = "http".equalsIgnoreCase(address.getScheme());
    if (!secure && !(plain && settings.loopbackHttp() && isLoopback(address.getHost()))) {
      throw new Refusal(otherwise);
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return host != null && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  private void receive(HttpURLConnection connection, URI address) throws IOException {
    int status = connection.getResponseCode();
    if (status == RANGE_NOT_SATISFIABLE && part.size() > 0) {
      return; // Nothing left to send: the part is whole, or wrong, which its hash will tell.
    }
    if (status == HttpURLConnection.HTTP_OK) {
      part.clear(); // The whole file, also where the server does not know ranges.
    } else if (status != HttpURLConnection.HTTP_PARTIAL) {
      String answer = "answered " + status + " " + connection.getResponseMessage();
      throw isPassing(status) ? new IOException(answer) : new Refusal(answer);
    } else if (!isContinuation(connection.getHeaderField("Content-Range"))) {
      part.clear();
      throw new IOException("the server sent another range than asked for");
    }
    long rest = connection.getContentLengthLong();
    OptionalLong total = rest < 0 ? OptionalLong.empty() : OptionalLong.of(part.size() + rest);
    requireAcceptable(total.orElse(0));
    listener.started(file, address, part.size(), total);
    receive(connection, total);
  }

  /**
   * Java versions differ in whether a body that ends too soon is an exception; here it always is.
   */
  private void receive(HttpURLConnection connection, OptionalLong total) throws IOException {
    IOException cause = null;
    try (InputStream body = connection.getInputStream()) {
      copy(body, total);
    } catch (Refusal | SocketTimeoutException known) {
      throw known;
    } catch (IOException fault) {
      cause = fault;
    }
    if (total.isPresent() && part.size() < total.getAsLong()) {
      throw new IOException(
          "broke off after " + part.size() + " of " + total.getAsLong() + " bytes", cause);
    } else if (cause != null) {
      throw cause;
    }
  }

  private boolean isContinuation(String contentRange) {
    return contentRange != null && contentRange.startsWith("bytes " + part.size() + "-");
  }

  private void copy(InputStream body, OptionalLong total) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      requireAcceptable(part.size() + count);
      if (total.isPresent() && part.size() + count > total.getAsLong()) {
        part.clear();
        throw new Refusal("sends more than the " + total.getAsLong() + " bytes that it declared");
      }
      part.append(buffer, count);
      listener.advanced(part.size());
    }
  }

  private void requireAcceptable(long bytes) throws Refusal {
    if (bytes > settings.maximumBytes()) {
      part.clear();
      throw new Refusal("sends more than " + settings.maximumBytes() + " bytes");
    }
  }

  private static boolean isRedirect(int status) {
    return status == HttpURLConnection.HTTP_MOVED_PERM
        || status == HttpURLConnection.HTTP_MOVED_TEMP
        || status == HttpURLConnection.HTTP_SEE_OTHER
        || status == TEMPORARY_REDIRECT
        || status == PERMANENT_REDIRECT;
  }

  private static boolean isPassing(int status) {
    return status >= HttpURLConnection.HTTP_INTERNAL_ERROR
        || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT
        || status == TOO_MANY_REQUESTS;
  }
}
