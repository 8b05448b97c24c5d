package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Latents;
import org.largevae.api.network.Encoder;
import org.largevae.api.tensor.ShapeException;

/**
 * A smooth encoder for priors that depend on one: {@code q(z|x) = N(z | x W, diag exp(tanh(x V) -
 * 1))}; below other levels their latents times weights of their own are added to the mean.
 */
final class LinearGaussianEncoder implements Encoder {
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter mean;
  private final Parameter logVariance;
  private final List<Parameter> aboveWeights = new ArrayList<>();

  LinearGaussianEncoder(ModelShape shape) {
    Shape weights = new Shape(shape.dimensions(), shape.latentSize());
    this.mean = block.add("mean_weight", weights, LinearGaussianEncoder::start);
    this.logVariance = block.add("log_variance_weight", weights, LinearGaussianEncoder::start);
    for (int size : shape.latentSizesAbove()) {
      String name = "above_weight_" + (aboveWeights.size() + 1);
      Shape fromAbove = new Shape(size, shape.latentSize());
      aboveWeights.add(block.add(name, fromAbove, LinearGaussianEncoder::start));
    }
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  @Override
  public DiagonalGaussian encode(Batch batch, Latents above, Pass pass) {
    NDArray x = batch.x();
    NDArray logVariances = x.matMul(pass.value(logVariance)).tanh().sub(1);
    requireSizes(above);
    NDArray means = x.matMul(pass.value(mean));
    for (int level = 0; level < aboveWeights.size(); level++) {
      NDArray weight = pass.value(aboveWeights.get(level));
      means = means.add(above.levels().get(level).matMul(weight));
    }
    return new DiagonalGaussian(means, means.zerosLike().add(logVariances));
  }

  private void requireSizes(Latents above) {
    List<Long> found = above.levels().stream().map(z -> lastAxis(z.getShape())).toList();
    List<Long> needed = aboveWeights.stream().map(weight -> weight.getShape().get(0)).toList();
    if (!found.equals(needed)) {
      throw new ShapeException(
          "latents above of the sizes " + found + " do not fit: the encoder takes " + needed);
    }
  }

  private static long lastAxis(Shape shape) {
    return shape.get(shape.dimension() - 1);
  }

  private static NDArray start(NDManager manager, Shape shape, DataType type) {
    return manager.randomNormal(0, 1, shape, type);
  }
}
