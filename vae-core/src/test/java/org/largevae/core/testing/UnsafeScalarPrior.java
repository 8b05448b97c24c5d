package org.largevae.core.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;

/**
 * A Gaussian prior as a plugin's author may write it who does not know DJL's trap: {@code
 * mul(Number)} on an array that needs gradients. A garbage collection follows at once, the worst
 * moment. The safe form computes the same.
 *
 * @param safe whether to use the safe operation
 * @param latentSize M
 */
public record UnsafeScalarPrior(boolean safe, int latentSize) implements Prior {
  private static final double PRECISION = 1.7;

  @Override
  public Density distribution(PriorContext context) {
    return new Unnormalised(context.pass());
  }

  @SuppressForbidden("this is the mistake that training has to survive")
  private NDArray scale(NDArray z) {
    return safe ? Tensors.multiply(z, PRECISION) : z.mul(PRECISION);
  }

  private final class Unnormalised implements Density {
    private final Pass pass;

    Unnormalised(Pass pass) {
      this.pass = pass;
    }

    @Override
    public NDArray logProb(NDArray z) {
      NDArray scaled = scale(z);
      if (pass.isTraining()) {
        GarbageCollection.force();
      }
      return Tensors.sumLast(scaled.mul(z)).neg();
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      return noise.normal(pass.manager(), leading.addAll(event()), DataType.FLOAT32);
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
    public NDArray mean() {
      return pass.manager().zeros(event());
    }

    @Override
    public Density map(UnaryOperator<NDArray> change) {
      return this;
    }
  }
}
