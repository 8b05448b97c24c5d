package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Latents;
import org.largevae.api.network.Encoder;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * {@code q(z|x) = N(z | mu(x), diag sigma^2(x))} by gated dense layers and two linear heads, mu and
 * log sigma^2 (Tomczak and Welling 2018). The log variance is clamped: a vanishing variance makes
 * densities explode, and with them the gradients of a VampPrior.
 *
 * <p>The network's input is x, but categories as indicators and counts and positive values as logs,
 * with 0 for a value that is missing; then, for data that may lack values, 1 for each that is known
 * and 0 for each that is missing; then the latents of the levels above.
 */
public final class GatedMlpEncoder implements Encoder {
  private final GatedMlpEncoderSettings settings;
  private final int dimensions;
  private final boolean takesMask;
  private final InputFeatures features;
  private final GatedMlp network;

  /**
   * The encoder of the only level or of the top one; its parameters have no values yet.
   *
   * @param settings the sizes of the gated layers and the bounds of log sigma^2
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public GatedMlpEncoder(GatedMlpEncoderSettings settings, ModelShape shape) {
    this(settings, shape, 0);
  }

  /**
   * The encoder of a level below others; its parameters have no values yet.
   *
   * @param settings the sizes of the gated layers and the bounds of log sigma^2
   * @param shape its level's sizes
   * @param latentsAbove the number of latents of the levels above, together
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public GatedMlpEncoder(GatedMlpEncoderSettings settings, ModelShape shape, int latentsAbove) {
    this.settings = SettingsSchema.check(settings);
    this.dimensions = shape.dimensions();
    this.takesMask = shape.data().hasMissing();
    this.features = new InputFeatures(shape.data());
    int inputs = features.size() + (takesMask ? dimensions : 0) + latentsAbove;
    this.network = new GatedMlp(inputs, settings.hidden(), 2L * shape.latentSize());
  }

  /**
   * An encoder with the default bounds of log sigma^2; its parameters have no values yet.
   *
   * @param shape its level's sizes
   * @param hidden the sizes of the gated layers, first to last, at least one, each at least 1
   * @throws IllegalArgumentException if a size is below 1 or there is none
   */
  public GatedMlpEncoder(ModelShape shape, int... hidden) {
    this(GatedMlpEncoderSettings.of(Arrays.stream(hidden).boxed().toList()), shape);
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(network);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ShapeException if x is not of shape (B, D), or latents do not fit it or the network
   */
  @Override
  public DiagonalGaussian encode(Batch batch, Latents above, Pass pass) {
    NDArray input = withLatents(examples(batch), above.levels());
    NDList heads = LinearMap.parts(pass.forward(network, input), 2);
    NDArray logVariance =
        Tensors.clamp(heads.get(1), settings.logVarianceMin(), settings.logVarianceMax());
    return new DiagonalGaussian(heads.get(0), logVariance);
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
