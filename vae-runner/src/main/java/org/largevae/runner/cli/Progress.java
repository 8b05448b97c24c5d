package org.largevae.runner.cli;

import org.largevae.core.training.TrainingListener;

/** Shows the progress of training on standard error. */
interface Progress extends TrainingListener, AutoCloseable {

  /**
   * Chooses a display that suits the environment.
   *
   * @param environment where the command writes
   * @param quiet to show nothing
   * @return a bar on a terminal, otherwise one line per epoch
   */
  static Progress of(CommandEnvironment environment, boolean quiet) {
    if (quiet) {
      return () -> {};
    }
    return environment.interactive()
        ? new BarProgress(environment.err(), environment.columns())
        : new LineProgress(environment.err());
  }

  @Override
  void close();
}
