package org.largevae.runner.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/**
 * Tells from time to time how many rows are done, and ends the work when the user asks for it:
 * between two blocks, so that what is half written can be taken away.
 */
final class RowProgress implements AutoCloseable {
  private static final long NANOSECONDS_BETWEEN = 5_000_000_000L;

  private final PrintStream err;
  private final Interruption interruption;
  private final long start = System.nanoTime();
  private long told = start;
  private long done;

  /**
   * Begins.
   *
   * @param err gets the lines
   */
  RowProgress(PrintStream err) {
    this.err = err;
    this.interruption =
        Interruption.listen(err, "stopping, nothing is written; Ctrl-C again stops at once");
  }

  /**
   * Counts rows.
   *
   * @param rows that have been done
   * @throws CancellationException if the user wants to stop
   */
  void advance(int rows) {
    check();
    done += rows;
    long now = System.nanoTime();
    if (now - told >= NANOSECONDS_BETWEEN) {
      told = now;
      err.printf(Locale.ROOT, "%d rows, %.0f a second%n", done, done / ((now - start) / 1e9));
    }
  }

  /**
   * Looks whether to go on.
   *
   * @throws CancellationException if the user wants to stop
   */
  void check() {
    if (interruption.getAsBoolean()) {
      throw new CancellationException("interrupted, nothing was written; call the command again");
    }
  }

  /** How many rows have been done. */
  long done() {
    return done;
  }

  @Override
  public void close() {
    interruption.close();
  }
}
