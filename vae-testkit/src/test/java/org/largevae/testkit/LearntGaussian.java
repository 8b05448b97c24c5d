package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Draw;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Normaliser;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;

/** A right prior, a Gaussian with learnt moments, that tests break in one place each. */
class LearntGaussian implements Prior {
  static final double LOG_2PI = Math.log(2 * Math.PI);

  final ParameterBlock block = new ParameterBlock();
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
  public final Density distribution(PriorContext context) {
    Pass pass = context.pass();
    return new Moments(mean(pass), logVariance(pass), pass);
  }

  /** The density, all of whose methods can be broken above. */
  final class Moments implements Density {
    final NDArray mean;
    final NDArray logVariance;
    final Pass pass;

    Moments(NDArray mean, NDArray logVariance, Pass pass) {
      this.mean = mean;
      this.logVariance = logVariance;
      this.pass = pass;
    }

    @Override
    public Shape batch() {
      return new Shape();
    }

    @Override
    public Shape event() {
      return new Shape(latentSize);
    }

    @Override
    public NDArray logProb(NDArray z) {
      return LearntGaussian.this.logProb(z, this);
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      return LearntGaussian.this.draw(noise(leading.add(latentSize), pass, noise), this);
    }

    @Override
    public Draw draw(Shape leading, Noise noise) {
      return carried(Density.super.draw(leading, noise));
    }

    @Override
    public NDArray mean() {
      return average(mean);
    }

    @Override
    public Kind kind() {
      return LearntGaussian.this.kind();
    }

    @Override
    public Optional<Normaliser> normaliser() {
      return LearntGaussian.this.normaliser();
    }

    @Override
    public Density map(UnaryOperator<NDArray> change) {
      return new Moments(changed(mean, change), change.apply(logVariance), pass);
    }
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

  NDArray logProb(NDArray z, Moments moments) {
    NDArray squares = z.sub(moments.mean).square().mul(moments.logVariance.neg().exp());
    NDArray sum = Tensors.sumLast(squares.add(moments.logVariance));
    return Tensors.multiply(sum.add(constant()), -0.5);
  }

  double constant() {
    return latentSize * LOG_2PI;
  }

  NDArray noise(Shape shape, Pass pass, Noise noise) {
    return noise.normal(pass.manager(), shape, DataType.FLOAT32);
  }

  NDArray draw(NDArray noise, Moments moments) {
    return noise.mul(Tensors.multiply(moments.logVariance, 0.5).exp()).add(moments.mean);
  }

  Draw carried(Draw draw) {
    return draw;
  }

  NDArray average(NDArray right) {
    return right;
  }

  Density.Kind kind() {
    return Density.Kind.EXACT;
  }

  Optional<Normaliser> normaliser() {
    return Optional.empty();
  }

  NDArray changed(NDArray parameter, UnaryOperator<NDArray> change) {
    return change.apply(parameter);
  }
}
