package org.largevae.runner.run;

import ai.djl.ndarray.NDManager;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.preparation.PreparedDataset;

/**
 * The partitions that training takes, on the device.
 *
 * @param training the examples to train on
 * @param validation those that choose the best epoch
 */
record Partitions(ResidentExamples training, ResidentExamples validation) {

  static Partitions of(NDManager manager, PreparedDataset dataset) {
    return new Partitions(
        ResidentExamples.of(manager, dataset.training(), dataset.data(), dataset.resampled()),
        ResidentExamples.of(manager, dataset.validation(), dataset.data(), false));
  }
}
