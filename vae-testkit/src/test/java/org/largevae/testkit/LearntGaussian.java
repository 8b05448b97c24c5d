package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Optional;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.LatentDistribution;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;

/** A right prior, a Gaussian with learnt moments, that tests break in one place each. */
class LearntGaussian implements Prior {
  static final double LOG_2PI = Math.log(2 * Math.PI);

  private final ParameterBlock block = new ParameterBlock();
  private final int latentSize;
  private final Parameter mean;
  private final Parameter logVariance;

  LearntGaussian(ModelShape shape) {
    this(shape, "mean");
  }

  LearntGaussian(ModelShape shape, String meanName) {
    this.latentSize = shape.latentSize();
    Shape row = new Shape(latentSize);
    this.mean = block.add(meanName, row, (m, s, type) -> start(m, s));
    this.logVariance =
        block.add("log_variance", row, (m, s, type) -> m.randomNormal(-1, 0.5f, s, type));
  }

  NDArray start(NDManager manager, Shape shape) {
    return manager.randomNormal(0, 2, shape, DataType.FLOAT32);
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  @Override
  public final LatentDistribution distribution(PriorContext context) {
    Pass pass = context.pass();
    return new LatentDistribution() {
      @Override
      public NDArray logProb(NDArray z) {
        return LearntGaussian.this.logProb(z, pass);
      }

      @Override
      public NDArray sample(int count) {
        return draw(noise(count, pass), pass);
      }

      @Override
      public Optional<NDArray> componentLogProb(NDArray z) {
        return shares(z, pass);
      }
    };
  }

  int latentSize() {
    return latentSize;
  }

  NDArray mean(Pass pass) {
    return pass.value(mean);
  }

  NDArray logVariance(Pass pass) {
    return pass.value(logVariance);
  }

  NDArray logProb(NDArray z, Pass pass) {
    NDArray squares = z.sub(mean(pass)).square().mul(logVariance(pass).neg().exp());
    NDArray sum = Tensors.sumLast(squares.add(logVariance(pass)));
    return Tensors.multiply(sum.add(constant()), -0.5);
  }

  Optional<NDArray> shares(NDArray z, Pass pass) {
    return Optional.empty();
  }

  double constant() {
    return latentSize * LOG_2PI;
  }

  NDArray noise(int count, Pass pass) {
    return pass.manager().randomNormal(new Shape(count, latentSize));
  }

  NDArray draw(NDArray noise, Pass pass) {
    return noise.mul(Tensors.multiply(logVariance(pass), 0.5).exp()).add(mean(pass));
  }
}
