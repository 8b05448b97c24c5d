package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import org.largevae.api.distribution.LatentDistribution;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * The standard Gaussian prior {@code p(z) = N(z | 0, I)} (Kingma and Welling 2014), with {@code log
 * p(z) = -1/2 (M log 2 pi + sum_m z_m^2)}. It has no parameters.
 */
public final class StandardPrior implements Prior {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  private final int latentSize;

  /**
   * The prior over latents of a given size.
   *
   * @param latentSize M, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public StandardPrior(int latentSize) {
    if (latentSize < 1) {
      throw new IllegalArgumentException("latent size " + latentSize + " is below 1");
    }
    this.latentSize = latentSize;
  }

  @Override
  public LatentDistribution distribution(PriorContext context) {
    return new StandardGaussian(latentSize, context.pass().manager());
  }

  private record StandardGaussian(int latentSize, NDManager manager) implements LatentDistribution {

    @Override
    public NDArray logProb(NDArray z) {
      Shape shape = z.getShape();
      if (shape.dimension() != 2 || shape.get(1) != latentSize) {
        throw new ShapeException(
            String.format(
                Locale.ROOT, "latents of shape %s must have the shape (N, %d)", shape, latentSize));
      }
      return Tensors.multiply(Tensors.sumLast(z.square()).add(latentSize * LOG_2PI), -0.5);
    }

    @Override
    public NDArray sample(int count) {
      return manager.randomNormal(new Shape(count, latentSize));
    }
  }
}
