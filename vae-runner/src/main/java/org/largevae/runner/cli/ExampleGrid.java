package org.largevae.runner.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.runner.report.ImageGrid;
import org.largevae.runner.report.PictureRange;
import org.largevae.runner.run.TrainedRun;

/** Grids of a run's examples. */
final class ExampleGrid {

  private ExampleGrid() {}

  /**
   * A grid for a run's examples. Real numbers are drawn from the lowest of the pictures to the
   * highest if they leave [0, 1].
   *
   * @param pictures whose values say what is black and white
   * @param run the run
   * @param folder its folder, for the message
   * @return the grid
   * @throws ConfigurationException if its examples are not images
   */
  static ImageGrid of(List<float[]> pictures, TrainedRun run, Path folder) {
    requireImages(run, folder);
    DataDescription data = run.vae().data();
    boolean real = data.singleKind().filter(ValueKinds.REAL::equals).isPresent();
    return new ImageGrid(data.shape(), real ? PictureRange.of(pictures) : PictureRange.UNIT);
  }

  /**
   * Requires that a run's examples are images.
   *
   * @param run the run
   * @param folder its folder, for the message
   * @throws ConfigurationException if not
   */
  static void requireImages(TrainedRun run, Path folder) {
    if (!run.vae().data().shape().isImage()) {
      throw new ConfigurationException(noImages(run, folder));
    }
  }

  /** Why the examples of a run cannot be drawn, a sentence without its full stop. */
  static String noImages(TrainedRun run, Path folder) {
    return String.format(
        Locale.ROOT,
        "%s: its examples are %s values and no images, so there is nothing to draw",
        folder,
        run.vae().data().shape());
  }
}
