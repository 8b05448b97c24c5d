package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.UniformSphere;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;

/** The uniform distribution on the unit sphere in R^m. */
class SpherePrior implements Prior {
  private final int size;

  SpherePrior(ModelShape shape) {
    this.size = shape.latentSize();
  }

  /** The log of the surface's area. */
  double logArea() {
    return UniformSphere.logArea(size);
  }

  @Override
  public Density distribution(PriorContext context) {
    NDManager manager = context.pass().manager();
    return new Density() {
      @Override
      public Shape batch() {
        return new Shape();
      }

      @Override
      public Shape event() {
        return new Shape(size);
      }

      @Override
      public NDArray logProb(NDArray value) {
        return Tensors.multiply(Tensors.sumLast(value), 0).sub(logArea());
      }

      @Override
      public NDArray sample(Shape leading, Noise noise) {
        return placed(noise.normal(manager, leading.add(size), DataType.FLOAT32));
      }

      @Override
      public NDArray mean() {
        return manager.zeros(new Shape(size));
      }

      @Override
      public Density map(UnaryOperator<NDArray> change) {
        return this;
      }
    };
  }

  /** Points on the sphere in the direction of others. */
  NDArray placed(NDArray points) {
    int last = points.getShape().dimension() - 1;
    return points.div(points.square().sum(new int[] {last}, true).sqrt());
  }
}
