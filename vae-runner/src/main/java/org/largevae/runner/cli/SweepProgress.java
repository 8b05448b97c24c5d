package org.largevae.runner.cli;

import org.largevae.runner.sweep.SweepListener;

/** Shows on standard error how a sweep goes on. */
interface SweepProgress extends SweepListener, AutoCloseable {

  /**
   * What suits the surroundings.
   *
   * @param surroundings where the command works
   * @param quiet to show nothing
   * @return one view over all members on a terminal, else a line now and then
   */
  static SweepProgress of(Surroundings surroundings, boolean quiet) {
    if (quiet) {
      return () -> {};
    }
    SweepLines lines = new SweepLines(surroundings.err(), !surroundings.interactive());
    return surroundings.interactive()
        ? new SweepBoard(surroundings.err(), surroundings.columns(), lines)
        : lines;
  }

  @Override
  void close();
}
