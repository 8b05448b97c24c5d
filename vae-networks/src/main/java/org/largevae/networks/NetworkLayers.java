package org.largevae.networks;

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
 * has {@code 03gated_weight}. What runs them one by one is the encoder, decoder or ladder; its
 * forward is undefined.
 */
public final class NetworkLayers extends AbstractBlock {

  /** No layers yet. */
  public NetworkLayers() {}

  /**
   * Adds a layer.
   *
   * @param name in the names of its parameters, behind its number
   * @param layer without values yet
   * @param <B> its kind
   * @return the layer
   */
  public <B extends Block> B add(String name, B layer) {
    return addChildBlock(name, layer);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    // a sequence asks for the shape of its input, though no layer here depends on it
    getChildren().values().forEach(layer -> layer.initialize(manager, type, new Shape(1)));
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
