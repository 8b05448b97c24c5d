package org.largevae.networks.ladder;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.largevae.networks.LinearMap;

/** A linear map to the means and log variances of M latents, shape (..., H) to (..., 2 M). */
final class LadderHeads extends AbstractBlock {
  private final LinearMap linear;
  private final long outputs;

  LadderHeads(int inputs, int latentSize, double scale) {
    this.outputs = 2L * latentSize;
    this.linear = new LinearMap("", inputs, outputs, scale);
    linear.parameters().forEach(this::addParameter);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(linear.apply(store, inputs.singletonOrThrow(), training));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape input = inputShapes[0];
    return new Shape[] {input.slice(0, input.dimension() - 1).add(outputs)};
  }
}
