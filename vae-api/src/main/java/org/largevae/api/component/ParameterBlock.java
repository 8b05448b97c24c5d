package org.largevae.api.component;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;

/**
 * A block that only holds parameters, for components that are not layers: pseudo-inputs, the means
 * of a mixture, running statistics. Its forward is undefined; read the parameters with {@link
 * Pass#value}.
 */
public final class ParameterBlock extends AbstractBlock {

  /** An empty block; add parameters before it is initialised. */
  public ParameterBlock() {}

  /**
   * Adds a trainable parameter.
   *
   * @param name unique in this block, for example {@code pseudo_inputs}
   * @param shape its shape
   * @param initializer its start
   * @return the parameter
   * @throws IllegalArgumentException if the name is taken
   */
  public Parameter add(String name, Shape shape, Initializer initializer) {
    if (getDirectParameters().contains(name)) {
      throw new IllegalArgumentException("parameter \"" + name + "\" exists already");
    }
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.OTHER)
            .optShape(shape)
            .optInitializer(initializer)
            .build());
  }

  /**
   * Adds state: an array that is saved, restored and resumed with the parameters but not trained.
   * Change it with {@link Pass#assign}.
   *
   * @param name unique in this block, for example {@code log_normaliser}
   * @param shape its shape
   * @param initializer its start
   * @return the state
   * @throws IllegalArgumentException if the name is taken
   */
  public Parameter addState(String name, Shape shape, Initializer initializer) {
    Parameter state = add(name, shape, initializer);
    state.freeze(true);
    return state;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    throw new UnsupportedOperationException("a ParameterBlock holds parameters and has no forward");
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    throw new UnsupportedOperationException("a ParameterBlock holds parameters and has no output");
  }
}
