package org.largevae.networks;

import ai.djl.ndarray.NDArray;
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
final class EncoderInput {
  private final int dimensions;
  private final boolean takesMask;
  private final InputFeatures features;
  private final int size;

  /**
   * An input.
   *
   * @param shape the encoder's level's sizes
   * @param latentsAbove the number of latents of the levels above, together
   */
  EncoderInput(ModelShape shape, int latentsAbove) {
    this.dimensions = shape.dimensions();
    this.takesMask = shape.data().hasMissing();
    this.features = new InputFeatures(shape.data());
    this.size = features.size() + (takesMask ? dimensions : 0) + latentsAbove;
  }

  /** How many numbers it has for an example. */
  int size() {
    return size;
  }

  /**
   * The input for a batch.
   *
   * @param batch B examples
   * @param above latents of the levels above, each (..., B, M_j)
   * @return shape (..., B, {@link #size})
   * @throws ShapeException if x is not of shape (B, D), or latents do not fit it
   */
  NDArray of(Batch batch, Latents above) {
    return withLatents(examples(batch), above.levels());
  }

  /** What is known of the examples, shape (B, F) or with the mask (B, F + D). */
  private NDArray examples(Batch batch) {
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

  /** Examples repeated for each draw of the latents above, and these behind them. */
  private static NDArray withLatents(NDArray examples, List<NDArray> above) {
    if (above.isEmpty()) {
      return examples;
    }
    Shape latents = above.get(0).getShape();
    int rank = latents.dimension();
    long count = examples.getShape().get(0);
    if (rank < 2 || latents.get(rank - 2) != count) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "latents above of shape %s do not fit %d examples: they must have the shape"
                  + " (..., %2$d, M)",
              latents,
              count));
    }
    Shape repeated = latents.slice(0, rank - 1).add(examples.getShape().get(1));
    List<NDArray> inputs = new ArrayList<>(List.of(examples.broadcast(repeated)));
    inputs.addAll(above);
    return LinearMap.sideBySide(inputs);
  }
}
