package org.largevae.api.prior;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.distribution.Density;

/** What a prior may depend on during one pass. An interface, since it will grow. */
public interface PriorContext {

  /**
   * The current pass.
   *
   * @return makes arrays and has the parameters' values
   */
  Pass pass();

  /**
   * The posteriors of points in data space, by the encoder of this prior's level, whose parameters
   * are shared.
   *
   * @param x shape (K, D)
   * @return a batch (K) over (M); gradients reach the encoder and x
   * @throws org.largevae.api.config.ConfigurationException if the encoder's posteriors do not know
   *     their density at every value, as those of some flows do not
   */
  Density posterior(NDArray x);

  /**
   * The posteriors of points in data space some of whose values may be missing.
   *
   * @param points K of them
   * @return a batch (K) over (M); gradients reach the encoder
   * @throws org.largevae.api.config.ConfigurationException as {@link #posterior(NDArray)}
   */
  default Density posterior(Batch points) {
    if (points.observed().isPresent()) {
      throw new UnsupportedOperationException("points with missing values cannot be encoded here");
    }
    return posterior(points.x());
  }

  /**
   * The training examples.
   *
   * @return empty where they are not available, as in a model that was opened: a prior that is made
   *     of examples keeps those that it needs as state
   */
  default Optional<TrainingExamples> training() {
    return Optional.empty();
  }

  /**
   * The batch of this step, so that a prior built on training examples can leave these out.
   *
   * @return empty unless the prior depends on the batch, and outside a batch, as for draws
   */
  default Optional<Batch> batch() {
    return Optional.empty();
  }
}
