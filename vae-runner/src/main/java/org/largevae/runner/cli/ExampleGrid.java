package org.largevae.runner.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.largevae.api.config.ConfigurationException;
import org.largevae.runner.report.ImageGrid;
import org.largevae.runner.run.TrainedRun;

/** Grids of a run's examples. */
final class ExampleGrid {

  private ExampleGrid() {}

  /**
   * A grid for a run's examples.
   *
   * @param run the run
   * @param folder its folder, for the message
   * @return the grid
   * @throws ConfigurationException if its examples are not images
   */
  static ImageGrid of(TrainedRun run, Path folder) {
    if (!run.vae().data().shape().isImage()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: its examples are %s values and no images, so there is nothing to draw",
              folder,
              run.vae().data().shape()));
    }
    return new ImageGrid(run.vae().data().shape());
  }
}
