package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;

/**
 * What a prior at the top of a model may depend on.
 *
 * @param encoder encodes pseudo-inputs
 * @param examples the training examples, shape (N, D)
 * @param dependsOnBatch whether the prior is given a batch, of the first three examples
 */
record ExampleContext(Pass pass, Encoder encoder, NDArray examples, boolean dependsOnBatch)
    implements PriorContext {
  private static final int BATCH = 3;

  @Override
  public Density posterior(NDArray x) {
    return (Density) encoder.encode(Batch.of(x), Latents.none(), pass);
  }

  @Override
  public Optional<TrainingExamples> training() {
    return Optional.of(
        new TrainingExamples() {
          @Override
          public long size() {
            return examples.getShape().get(0);
          }

          @Override
          public NDArray rows(NDArray places) {
            return Tensors.rows(examples, places);
          }
        });
  }

  @Override
  public Optional<Batch> batch() {
    if (!dependsOnBatch) {
      return Optional.empty();
    }
    NDArray places = pass.manager().arange(BATCH).toType(DataType.INT64, false);
    NDArray x = examples.get("0:" + BATCH);
    return Optional.of(new PlacedBatch(x, Optional.of(places)));
  }

  private record PlacedBatch(NDArray x, Optional<NDArray> places) implements Batch {}
}
