package org.largevae.networks.pixel;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.largevae.networks.GatedDense;

/** The parameters of a decoder: the layers that map each level's latents, and the network's. */
final class PixelBlock extends AbstractBlock {

  /**
   * Holds them.
   *
   * @param levels a layer for each level, top first
   * @param network the pixels' network
   */
  PixelBlock(List<GatedDense> levels, Block network) {
    levels.forEach(level -> addChildBlock("map", level));
    addChildBlock("pixels", network);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    getChildren().forEach(child -> child.getValue().initialize(manager, type));
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
