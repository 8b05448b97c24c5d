package org.largevae.runner.cli;

import org.largevae.runner.sweep.SweepListener;

/** Shows on standard error how a sweep goes on. */
interface SweepProgress extends SweepListener, AutoCloseable {

  /**
   * What suits the environment.
   *
   * @param environment where the command works
   * @param quiet to show nothing
   * @return lines on the members; on a terminal with a bar over all of them
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
