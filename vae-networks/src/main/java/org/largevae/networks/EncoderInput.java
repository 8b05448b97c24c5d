package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Latents;
import org.largevae.api.tensor.ShapeException;

/**
 * What an encoder's network is given: x, but categories as indicators and counts and positive
 * values as logs, with 0 for a value that is missing; then, for data that may lack values, 1 for
 * each that is known and 0 for each that is missing; then the latents of the levels above.
 */
public final class EncoderInput {
  private final int dimensions;
  private final boolean takesMask;
  private final InputFeatures features;
  private final List<Integer> sizes;

  /**
   * The inputs of an encoder.
   *
   * @param shape the encoder's level's sizes
   */
  public EncoderInput(ModelShape shape) {
    this.dimensions = shape.dimensions();
    this.takesMask = shape.data().hasMissing();
    this.features = new InputFeatures(shape.data());
    List<Integer> all = new ArrayList<>();
    all.add(features.size() + (takesMask ? dimensions : 0));
    all.addAll(shape.latentSizesAbove());
    this.sizes = List.copyOf(all);
  }

  /**
   * How many numbers each input has for an example.
   *
   * @return what is known of it, then the latents of each level above, top first
   */
  public List<Integer> sizes() {
    return sizes;
  }

  /**
   * The inputs for a batch.
   *
   * @param batch B examples
   * @param above latents of the levels above, each (..., B, M_j)
   * @return shapes (B, F) and (..., B, M_j)
   * @throws ShapeException if x is not of shape (B, D), or latents do not fit it
   */
  public NDList of(Batch batch, Latents above) {
    NDArray examples = of(batch);
    above.levels().forEach(latents -> requireFit(latents, examples.getShape().get(0)));
    NDList inputs = new NDList(examples);
    inputs.addAll(above.levels());
    return inputs;
  }

  /**
   * The first input, what is known of the examples.
   *
   * @param batch B examples
   * @return shape (B, F), or with the mask (B, F + D)
   * @throws ShapeException if x is not of shape (B, D)
   */
  public NDArray of(Batch batch) {
    NDArray x = batch.x();
    if (x.getShape().dimension() != 2 || x.getShape().get(1) != dimensions) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "input of shape %s does not fit: the network takes (B, %d)",
              x.getShape(),
              dimensions));
    }
    NDArray known = features.of(batch);
    return takesMask ? known.concat(batch.observed().orElseGet(x::onesLike), 1) : known;
  }

  private static void requireFit(NDArray above, long count) {
    Shape latents = above.getShape();
    int rank = latents.dimension();
    if (rank < 2 || latents.get(rank - 2) != count) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "latents above of shape %s do not fit %d examples: they must have the shape"
                  + " (..., %2$d, M)",
              latents,
              count));
    }
  }
}
