package org.largevae.runner.cli;

import java.nio.file.Path;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.run.DataLoading;
import org.largevae.runner.run.RunOpener;
import org.largevae.runner.run.TrainedRun;
import org.largevae.runner.testing.OfflineFiles;

/** Opens runs without the command, to hold what it writes against. */
final class InstalledRuns {

  private InstalledRuns() {}

  /** A run on data that lie at an absolute path. */
  static TrainedRun open(Path folder) {
    ServiceRegistry registry = new ServiceRegistry(InstalledRuns.class.getClassLoader());
    DataLoading data = new DataLoading(registry, OfflineFiles.in(folder));
    return new RunOpener(registry, new ExperimentLoader(registry), data).open(folder, "cpu", false);
  }
}
