package org.largevae.core.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.TrainingExamples;
import org.largevae.core.preparation.Examples;

/** A partition's examples, as a model sees them, of which batches are taken by index. */
public interface BatchedExamples extends TrainingExamples {

  /**
   * Examples on a device, or of which each batch is copied there if they are in a file; batches are
   * the same to the last bit.
   *
   * @param manager owns the arrays; names the device
   * @param examples the examples, in the data's own units
   * @param data what they are made of
   * @param resampled whether they are probabilities of binary examples
   * @return the data
   */
  static BatchedExamples of(
      NDManager manager, Examples examples, DataDescription data, boolean resampled) {
    return examples.isMapped()
        ? new MappedExamples(manager, examples, data)
        : ResidentExamples.of(manager, examples, data, resampled);
  }

  /**
   * N as an int.
   *
   * @return at least 1
   */
  default int count() {
    return Math.toIntExact(size());
  }

  /**
   * A batch, drawn anew where the data are probabilities.
   *
   * @param rows which examples
   * @return the examples; with their places only where they are known to have been trained on
   */
  Batch batch(long[] rows);

  /**
   * A batch to train on.
   *
   * @param rows which examples
   * @return the examples with their places
   */
  Batch trainingBatch(long[] rows);

  /**
   * Examples drawn without replacement, as a start for components.
   *
   * @param manager owns the result
   * @param count how many
   * @param seed of the choice
   * @return shape (count, D)
   * @throws ConfigurationException if there are fewer
   */
  NDArray draw(NDManager manager, int count, long seed);
}
