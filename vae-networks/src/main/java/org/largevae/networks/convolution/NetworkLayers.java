package org.largevae.networks.convolution;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * The layers of a network, so that their parameters are found: the third, if it is called gated,
 * has {@code 03gated_weight}. What runs them one by one is the encoder or decoder; its forward is
 * undefined.
 */
final class NetworkLayers extends AbstractBlock {

  /**
   * Adds a layer.
   *
   * @param name in the names of its parameters, behind its number
   * @param layer without values yet
   * @param <B> its kind
   * @return the layer
   */
  <B extends Block> B add(String name, B layer) {
    return addChildBlock(name, layer);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    getChildren().values().forEach(layer -> layer.initialize(manager, type));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    throw new UnsupportedOperationException("NetworkLayers holds layers and has no forward");
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    throw new UnsupportedOperationException("NetworkLayers holds layers and has no output");
  }
}
