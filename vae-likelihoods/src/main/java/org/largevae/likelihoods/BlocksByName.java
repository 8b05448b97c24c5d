package org.largevae.likelihoods;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Map;

/** The blocks of the parts of a component as one that only holds them. */
final class BlocksByName extends AbstractBlock {

  /** Holds blocks, whose names come before those of their parameters. */
  BlocksByName(Map<String, Block> blocks) {
    blocks.forEach(this::addChildBlock);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    throw new UnsupportedOperationException("it holds parameters and has no forward");
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    throw new UnsupportedOperationException("it holds parameters and has no output");
  }
}
