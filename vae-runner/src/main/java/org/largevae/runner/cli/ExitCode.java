package org.largevae.runner.cli;

/** The exit codes of {@code vae}. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** An internal error: not the user's mistake. */
  public static final int FAILED = 1;

  /** Bad usage or configuration, or too little memory for it. */
  public static final int USAGE = 2;

  /** Bad or missing data. */
  public static final int DATA = 3;

  /** Training diverged; the last good weights are kept. */
  public static final int DIVERGED = 4;

  /** The output cannot be written (a full disk, say); training keeps its last checkpoint. */
  public static final int OUTPUT = 5;

  /** Interrupted; training keeps a checkpoint. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** Whether an exit code is one that a failed {@code vae} ends with. */
  static boolean isKnown(int code) {
    return code >= FAILED && code <= OUTPUT;
  }
}
