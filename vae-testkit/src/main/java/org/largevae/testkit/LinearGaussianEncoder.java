package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Optional;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Latents;
import org.largevae.api.network.Encoder;

/**
 * A smooth encoder for priors that depend on one: {@code q(z|x) = N(z | x W, diag exp(tanh(x V) -
 * 1))}.
 */
final class LinearGaussianEncoder implements Encoder {
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter mean;
  private final Parameter logVariance;

  LinearGaussianEncoder(ModelShape shape) {
    Shape weights = new Shape(shape.dimensions(), shape.latentSize());
    this.mean = block.add("mean_weight", weights, LinearGaussianEncoder::start);
    this.logVariance = block.add("log_variance_weight", weights, LinearGaussianEncoder::start);
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  @Override
  public DiagonalGaussian encode(Batch batch, Latents above, Pass pass) {
    NDArray x = batch.x();
    NDArray logVariances = x.matMul(pass.value(logVariance)).tanh().sub(1);
    return new DiagonalGaussian(x.matMul(pass.value(mean)), logVariances);
  }

  private static NDArray start(NDManager manager, Shape shape, DataType type) {
    return manager.randomNormal(0, 1, shape, type);
  }
}
