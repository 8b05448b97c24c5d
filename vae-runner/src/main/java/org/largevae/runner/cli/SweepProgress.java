package org.largevae.runner.cli;

import org.largevae.runner.sweep.SweepListener;

/** Shows the progress of a sweep on standard error. */
interface SweepProgress extends SweepListener, AutoCloseable {

  /**
   * Chooses a display that suits the environment.
   *
   * @param environment where the command writes
   * @param quiet to show nothing
   * @return lines about the members; on a terminal, a bar over all of them as well
   */
  static SweepProgress of(CommandEnvironment environment, boolean quiet) {
    if (quiet) {
      return () -> {};
    }
    SweepLines lines = new SweepLines(environment.err());
    return environment.interactive()
        ? new SweepBar(new TerminalLine(environment.err(), environment.columns()), lines)
        : lines;
  }

  @Override
  void close();
}
