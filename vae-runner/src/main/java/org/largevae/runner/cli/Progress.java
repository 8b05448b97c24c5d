package org.largevae.runner.cli;

import org.largevae.core.training.TrainingListener;

/** Shows on standard error how training goes on. */
interface Progress extends TrainingListener, AutoCloseable {

  /**
   * What suits the environment.
   *
   * @param environment where the command works
   * @param quiet to show nothing
   * @return a bar on a terminal, else one line an epoch
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
