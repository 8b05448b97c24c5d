package org.largevae.runner.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.largevae.core.preparation.Examples;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.Seeds;

/**
 * A dataset's three partitions on the device.
 *
 * @param training to train on
 * @param validation to choose the best epoch by
 * @param test to report on
 */
record Partitions(ResidentExamples training, ResidentExamples validation, ResidentExamples test) {

  static Partitions of(NDManager manager, PreparedDataset dataset) {
    return new Partitions(
        resident(manager, dataset.training(), dataset.resampled()),
        resident(manager, dataset.validation(), false),
        resident(manager, dataset.test(), false));
  }

  /** Training examples as a start for components, in an order that depends on the seed alone. */
  NDArray draw(NDManager owner, int count, long seed) {
    return training.draw(owner, count, Seeds.of(seed, Seeds.Purpose.INITIAL_VALUES, 0, 0));
  }

  private static ResidentExamples resident(
      NDManager manager, Examples examples, boolean resampled) {
    return ResidentExamples.of(manager, examples.values(), examples.dimensions(), resampled);
  }
}
