package org.largevae.priors;

import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/**
 * The standard Gaussian prior {@code p(z) = N(z | 0, I)} (Kingma and Welling 2014). It has no
 * parameters.
 */
public final class StandardPrior implements Prior {
  private final int latentSize;

  /**
   * A standard Gaussian.
   *
   * @param shape its level's sizes
   */
  public StandardPrior(ModelShape shape) {
    this.latentSize = shape.latentSize();
  }

  @Override
  public Density distribution(PriorContext context) {
    return DiagonalGaussian.standard(context.pass().manager(), latentSize);
  }
}
