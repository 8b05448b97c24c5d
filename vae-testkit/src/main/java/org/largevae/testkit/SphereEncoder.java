package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Optional;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Latents;
import org.largevae.api.network.Encoder;
import org.largevae.api.tensor.Tensors;

/**
 * A smooth encoder for priors on the unit sphere that depend on one: spherical Cauchy distributions
 * about {@code 0.7 v / sqrt(1 + |v|^2), v = x W}.
 */
final class SphereEncoder implements Encoder {
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter weight;

  SphereEncoder(ModelShape shape) {
    Shape weights = new Shape(shape.dimensions(), shape.latentSize());
    this.weight =
        block.add("weight", weights, (manager, of, type) -> manager.randomNormal(0, 1, of, type));
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  @Override
  public SphericalCauchy encode(Batch batch, Latents above, Pass pass) {
    NDArray v = batch.x().matMul(pass.value(weight));
    NDArray length = v.square().sum(new int[] {1}, true).add(1).sqrt();
    return new SphericalCauchy(Tensors.multiply(v.div(length), 0.7));
  }
}
