package org.largevae.runner.cli;

import org.largevae.core.training.TrainingListener;

/** Shows on standard error how training goes on. */
interface Progress extends TrainingListener, AutoCloseable {

  /**
   * What suits the surroundings.
   *
   * @param surroundings where the command works
   * @param quiet to show nothing
   * @return a bar on a terminal, else one line an epoch
   */
  static Progress of(Surroundings surroundings, boolean quiet) {
    if (quiet) {
      return () -> {};
    }
    return surroundings.interactive()
        ? new BarProgress(surroundings.err(), surroundings.columns())
        : new LineProgress(surroundings.err());
  }

  @Override
  void close();
}
