package org.largevae.runner.cli;

/** The exit codes of {@code vae}. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** Something that is no user's mistake went wrong. */
  public static final int FAILED = 1;

  /** Bad usage or configuration. */
  public static final int USAGE = 2;

  /** Bad or missing data. */
  public static final int DATA = 3;

  /** Training diverged; the last good weights are kept. */
  public static final int DIVERGED = 4;

  /** The output cannot be written, on a full disk say; training keeps its last checkpoint. */
  public static final int OUTPUT = 5;

  /** Interrupted; training keeps a checkpoint. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** Whether a process' exit code is one that a failed {@code vae} gives. */
  static boolean isKnown(int code) {
    return code >= FAILED && code <= OUTPUT;
  }
}
