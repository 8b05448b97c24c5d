package org.largevae.core.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Optional;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.core.preparation.Examples;

/**
 * A partition's examples in a file; batches are gathered from it and copied to the device.
 *
 * @param manager owns the batches; names the device
 * @param examples the examples, in the data's own units
 * @param data what they are made of
 */
record MappedExamples(NDManager manager, Examples examples, DataDescription data)
    implements BatchedExamples {
  @Override
  public long size() {
    return examples.size();
  }

  @Override
  public NDArray rows(NDArray places) {
    return own(values(places.getManager(), places.toLongArray()));
  }

  @Override
  public Batch exemplars(NDArray places) {
    return batch(places.toLongArray(), false);
  }

  @Override
  public Batch batch(long[] rows) {
    return batch(rows, false);
  }

  @Override
  public Batch trainingBatch(long[] rows) {
    return batch(rows, true);
  }

  private Batch batch(long[] rows, boolean trained) {
    ResidentExamples chosen = chosen(manager, rows);
    return new ExampleBatch(
        own(chosen.values()),
        trained ? Optional.of(own(manager.create(rows))) : Optional.empty(),
        chosen.labels().map(MappedExamples::own),
        chosen.observed().map(MappedExamples::own));
  }

  private NDArray values(NDManager owner, long[] rows) {
    ResidentExamples chosen = chosen(owner, rows);
    chosen.observed().ifPresent(NDArray::close);
    chosen.labels().ifPresent(NDArray::close);
    return chosen.values();
  }

  private ResidentExamples chosen(NDManager owner, long[] rows) {
    int[] places = Arrays.stream(rows).mapToInt(Math::toIntExact).toArray();
    return ResidentExamples.of(owner, examples.at(places), data, false);
  }

  /**
   * A copy over memory of the engine's own: Java's, over which an array on the CPU is created, is
   * freed when the array is closed, though the backward pass still reads it.
   */
  private static NDArray own(NDArray created) {
    try (created) {
      return created.duplicate();
    }
  }

  @Override
  public NDArray draw(NDManager owner, int count, long seed) {
    return values(owner, ResidentExamples.draw(size(), count, seed));
  }
}
