package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * Power spherical distributions on the unit sphere in R^m: {@code log p(x) = kappa log(1 + mu'x) -
 * ((a + b) log 2 + b log pi + log Gamma(a) - log Gamma(a + b))} with {@code b = (m - 1)/2} and
 * {@code a = b + kappa} (De Cao and Aziz 2020, arXiv:2006.04437). Like a von Mises-Fisher
 * distribution of about half the concentration, but drawn from without rejection, by a Beta
 * distribution.
 *
 * @param meanDirection mu, of length 1, shape (batch, m) with m at least 2
 * @param concentration kappa, above 0, shape (batch); from 0.01 to 1e5 everything is finite
 * @param reparameterised whether draws carry their gradient with respect to kappa: it takes a
 *     quadrature for each, of some microseconds, which is wasted where nothing is differentiated;
 *     that with respect to mu they always carry
 */
public record PowerSpherical(NDArray meanDirection, NDArray concentration, boolean reparameterised)
    implements RotationallySymmetric {
  /** The density is 0 at -mu; nearer to it than this float32 cannot tell. */
  private static final double LEAST = 2e-15;

  /**
   * Checks the shapes.
   *
   * @throws ShapeException if they do not fit each other
   */
  public PowerSpherical {
    RotationallySymmetric.check(meanDirection, concentration);
  }

  /**
   * Distributions whose draws carry all gradients.
   *
   * @param meanDirection mu, of length 1, shape (batch, m) with m at least 2
   * @param concentration kappa, above 0, shape (batch)
   * @throws ShapeException if the shapes do not fit each other
   */
  public PowerSpherical(NDArray meanDirection, NDArray concentration) {
    this(meanDirection, concentration, true);
  }

  @Override
  public AngularLaw law(double concentration) {
    return new PowerSphericalLaw((int) event().get(0), concentration);
  }

  @Override
  public NDArray statistic(NDArray cosine) {
    return Tensors.clamp(cosine.add(1), LEAST, Double.POSITIVE_INFINITY).log();
  }

  @Override
  public PowerSpherical map(UnaryOperator<NDArray> change) {
    return new PowerSpherical(
        change.apply(meanDirection), change.apply(concentration), reparameterised);
  }
}
