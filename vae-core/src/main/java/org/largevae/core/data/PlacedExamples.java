package org.largevae.core.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Optional;
import org.largevae.api.data.Batch;

/**
 * Examples to be evaluated some of which a model was trained on, so that a prior that is made of
 * the training examples can leave each out where it is evaluated.
 *
 * @param examples all of them
 * @param places of each among the training examples, -1 for one that is none; not copied
 */
public record PlacedExamples(BatchedExamples examples, long[] places) implements BatchedExamples {

  /** Checks that there is a place for each. */
  public PlacedExamples {
    if (places.length != examples.size()) {
      throw new IllegalArgumentException(
          places.length + " places for " + examples.size() + " examples");
    }
  }

  @Override
  public long size() {
    return examples.size();
  }

  @Override
  public NDArray rows(NDArray chosen) {
    return examples.rows(chosen);
  }

  @Override
  public Batch exemplars(NDArray chosen) {
    return examples.exemplars(chosen);
  }

  @Override
  public Batch batch(long[] rows) {
    Batch batch = examples.batch(rows);
    long[] found = Arrays.stream(rows).map(row -> places[Math.toIntExact(row)]).toArray();
    NDArray known = batch.x().getManager().create(found);
    return new ExampleBatch(batch.x(), Optional.of(known), batch.labels(), batch.observed());
  }

  @Override
  public Batch trainingBatch(long[] rows) {
    return examples.trainingBatch(rows);
  }

  @Override
  public NDArray draw(NDManager manager, int count, long seed) {
    return examples.draw(manager, count, seed);
  }
}
