package org.largevae.api.component;

import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import java.util.Optional;

/** A part of a model or of its training that may have parameters and other state. */
public interface Component {

  /**
   * The parameters, as a DJL block. They are named, placed on the experiment's device, saved,
   * loaded and resumed; those that require a gradient are trained too. State that is not trained by
   * gradients, such as a running mean or an estimated normaliser, is a parameter that requires
   * none: see {@link ParameterBlock#addState}.
   *
   * @return the block, always the same one; empty for a component without parameters
   */
  default Optional<Block> block() {
    return Optional.empty();
  }

  /**
   * Gives the parameters their initial values. Called once, before the first pass. Override it
   * where the block needs input shapes or where the start depends on the data.
   *
   * @param start where the arrays are made and what they may depend on
   */
  default void initialize(Start start) {
    block().ifPresent(block -> block.initialize(start.manager(), DataType.FLOAT32));
  }

  /**
   * What the optimiser does to the gradient of a parameter of this component.
   *
   * @param parameter the parameter's name in {@link #block()}
   * @return the rule; {@link GradientRule#OPTIMIZER} unless overridden
   */
  default GradientRule gradientRule(String parameter) {
    return GradientRule.OPTIMIZER;
  }
}
