package org.largevae.api.component;

import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import java.util.Optional;

/** A part of a model that may have trainable parameters. */
public interface Component {

  /**
   * The trainable parameters, as a DJL block. The model names, places, trains, saves and loads
   * them.
   *
   * @return the block, always the same one; empty for a component without parameters
   */
  default Optional<Block> block() {
    return Optional.empty();
  }

  /**
   * Gives the parameters their start. Called once, before the first pass. Override it where the
   * block needs input shapes or where the start depends on the data.
   *
   * @param start where the arrays are made and what they may depend on
   */
  default void initialize(Start start) {
    block().ifPresent(block -> block.initialize(start.manager(), DataType.FLOAT32));
  }
}
