package org.largevae.runner.cli;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.largevae.api.dataset.DataFile;
import org.largevae.datasets.files.DownloadListener;

/** Reports downloads on standard error. */
final class DownloadLines implements DownloadListener {
  private final PrintStream err;

  /**
   * A listener.
   *
   * @param err gets the lines
   */
  DownloadLines(PrintStream err) {
    this.err = err;
  }

  @Override
  public void started(DataFile file, URI address, OptionalLong total) {
    err.printf(
        Locale.ROOT,
        "downloading %s%s%n",
        address,
        total.isPresent() ? String.format(Locale.ROOT, ", %.1f MB", total.getAsLong() / 1e6) : "");
  }

  @Override
  public void failed(URI address, String reason) {
    err.println(address + ": " + reason);
  }

  @Override
  public void finished(Path target) {
    err.println("kept as " + target);
  }
}
