package org.largevae.datasets.files;

import org.largevae.api.files.FailureText;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataFile;

/**
 * Downloads over HTTPS into {@code NAME.part}, goes on there after a break, checks the SHA-256 of
 * the uncompressed content, and only then moves the file into its place. The addresses are tried in
 * order. One download at a time; others wait.
 */
public final class HttpDownloader implements Downloader {
  private final DownloadSettings settings;
  private final DownloadListener listener;

  /**
   * A downloader.
   *
   * @param settings time-outs, tries and limits
   * @param listener follows the downloads
   */
  public HttpDownloader(DownloadSettings settings, DownloadListener listener) {
    this.settings = Objects.requireNonNull(settings, "settings is null");
    this.listener = Objects.requireNonNull(listener, "listener is null");
  }

  @Override
  public synchronized void download(DataFile file, Path target) {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
    } catch (IOException fault) {
      throw new DataException(
          target.getParent() + ": cannot be made to keep downloads in: " + FailureText.of(fault), fault);
    }
    try (PartFile part = PartFile.open(target)) {
      if (Files.exists(target)) {
        part.delete(); // Another process downloaded it while this one waited for the lock.
        return;
      }
      fetch(file, part, target);
      part.moveTo(target);
    } catch (UncheckedIOException fault) {
      throw unwritable(target, fault.getCause());
    } catch (IOException fault) {
      throw unwritable(target, fault);
    }
    listener.finished(target);
  }

  /** Fills the part with the right content or throws. */
  private void fetch(DataFile file, PartFile part, Path target) throws IOException {
    List<String> failures = new ArrayList<>();
    for (URI address : file.addresses()) {
      Optional<String> failure = fetch(file, address, part);
      if (failure.isEmpty()) {
        return;
      }
      failures.add(address + " " + failure.get());
    }
    if (part.size() == 0) {
      part.delete();
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s: cannot be downloaded (%s); try again, or get it elsewhere and put it into %s as %s"
                + " (SHA-256 of its %scontent: %s)",
            file.name(),
            failures.isEmpty() ? "no address is known" : String.join("; ", failures),
            target.getParent(),
            file.name(),
            file.name().endsWith(".gz") ? "uncompressed " : "",
            file.sha256()));
  }

  /** Tries one address, several times where that may help; empty if the part is now right. */
  private Optional<String> fetch(DataFile file, URI address, PartFile part) {
    String reason = "";
    for (int attempt = 1; attempt <= settings.attempts(); attempt++) {
      if (attempt > 1) {
        pause(file);
      }
      boolean resumed = part.size() > 0;
      Transfer.Outcome outcome = new Transfer(settings, listener, file, part).from(address);
      boolean mayHelpToRepeat = outcome.repeatable();
      reason = outcome.failure().or(() -> wrongContent(file, part)).orElse("");
      if (reason.isEmpty()) {
        return Optional.empty();
      }
      listener.failed(address, reason);
      if (outcome.failure().isEmpty()) {
        // Wrong content is of no use; if it was joined from two tries, the first may be to blame.
        part.clear();
        mayHelpToRepeat = resumed;
      }
      if (!mayHelpToRepeat) {
        break;
      }
    }
    return Optional.of(reason);
  }

  private Optional<String> wrongContent(DataFile file, PartFile part) {
    try {
      String actual = part.hash(file, settings.maximumBytes());
      return actual.equalsIgnoreCase(file.sha256())
          ? Optional.empty()
          : Optional.of("sent wrong content, its SHA-256 is " + actual);
    } catch (IOException damaged) {
      return Optional.of("sent damaged content: " + FailureText.of(damaged));
    }
  }

  private static DataException unwritable(Path target, IOException fault) {
    return new DataException(target + ": cannot be written: " + FailureText.of(fault), fault);
  }

  private void pause(DataFile file) {
    try {
      Thread.sleep(settings.pause().toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DataException(file.name() + ": its download was interrupted", interrupted);
    }
  }
}
