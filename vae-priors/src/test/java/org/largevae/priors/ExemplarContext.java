package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Optional;
import java.util.function.Function;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.distribution.Density;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;

/**
 * What a prior that is made of training examples sees.
 *
 * @param pass the pass
 * @param encoder of examples
 * @param examples the training examples, shape (N, D)
 * @param places of the batch's examples, int64; empty where there is no batch
 */
record ExemplarContext(
    Pass pass, Function<NDArray, Density> encoder, NDArray examples, Optional<NDArray> places)
    implements PriorContext {

  @Override
  public Density posterior(NDArray x) {
    return encoder.apply(x);
  }

  @Override
  public Optional<TrainingExamples> training() {
    return Optional.of(new Rows(examples));
  }

  @Override
  public Optional<Batch> batch() {
    return places.map(found -> new Placed(Tensors.rows(examples, known(found)), places));
  }

  /** Row 0 where a place is not known. */
  private static NDArray known(NDArray places) {
    return places.mul(places.gte(0).toType(DataType.INT64, false));
  }

  private record Placed(NDArray x, Optional<NDArray> places) implements Batch {}

  private record Rows(NDArray examples) implements TrainingExamples {
    @Override
    public long size() {
      return examples.getShape().get(0);
    }

    @Override
    public NDArray rows(NDArray places) {
      return Tensors.rows(examples, places);
    }
  }
}
