package org.largevae.runner.run;

import ai.djl.ndarray.NDManager;
import org.largevae.core.data.BatchedExamples;
import org.largevae.core.preparation.PreparedDataset;

/**
 * The partitions that training takes.
 *
 * @param training the examples to train on
 * @param validation those that choose the best epoch
 */
record Partitions(BatchedExamples training, BatchedExamples validation) {

  static Partitions of(NDManager manager, PreparedDataset dataset) {
    return new Partitions(
        BatchedExamples.of(manager, dataset.training(), dataset.data(), dataset.resampled()),
        BatchedExamples.of(manager, dataset.validation(), dataset.data(), false));
  }
}
