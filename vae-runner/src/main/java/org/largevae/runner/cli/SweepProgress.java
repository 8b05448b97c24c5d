package org.largevae.runner.cli;

import org.largevae.runner.sweep.SweepListener;

/** Shows on standard error how a sweep goes on. */
interface SweepProgress extends SweepListener, AutoCloseable {

  /**
   * What suits the surroundings.
   *
   * @param surroundings where the command works
   * @param quiet to show nothing
   * @return lines on the members; on a terminal with a bar over all of them
   */
  static SweepProgress of(Surroundings surroundings, boolean quiet) {
    if (quiet) {
      return () -> {};
    }
    SweepLines lines = new SweepLines(surroundings.err());
    return surroundings.interactive()
        ? new SweepBar(new TerminalLine(surroundings.err(), surroundings.columns()), lines)
        : lines;
  }

  @Override
  void close();
}
