package org.largevae.api.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.TrainingExamples;

/**
 * A generative model with its approximate posterior, put together from components: p(x, z) and
 * q(z|x) over one level of latents or more. It holds no arrays itself; its components' parameters
 * are initialised, placed, trained and saved by whoever uses it.
 */
public interface Model {

  /**
   * What the examples are made of.
   *
   * @return their description
   */
  DataDescription data();

  /**
   * The number of latents of each level.
   *
   * @return top first, at least one
   */
  List<Integer> latentSizes();

  /**
   * The parts by the prefixes of their parameters' names in a file of weights, in the order in
   * which they are initialised.
   *
   * @return for example {@code encoder}, {@code decoder}, {@code prior}, {@code likelihood}
   */
  Map<String, Component> components();

  /**
   * Begins a pass: work that depends on parameters alone, such as encoding pseudo-inputs, is done
   * here, once.
   *
   * @param pass training or inference
   * @param training the training examples where they are available
   * @return the model with its current parameters, valid until they change; its arrays belong to
   *     the caller's {@link ai.djl.ndarray.NDScope}
   */
  ModelPass begin(Pass pass, Optional<TrainingExamples> training);

  /**
   * Brings the components' state up to date that is computed from parameters and training examples;
   * see {@link org.largevae.api.prior.Prior#refresh}. It does nothing unless overridden.
   *
   * @param pass inference
   * @param training the training examples
   */
  default void refresh(Pass pass, TrainingExamples training) {}
}
