package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.largevae.api.tensor.ShapeException;

/**
 * Von Mises-Fisher distributions on the unit sphere in R^m: {@code log p(x) = kappa mu'x + log
 * C_m(kappa)} with {@code C_m(kappa) = kappa^(m/2-1) / ((2 pi)^(m/2) I_{m/2-1}(kappa))} (Mardia and
 * Jupp 2000, section 9.3; as posteriors: Davidson et al. 2018, arXiv:1804.00891). On the circle, m
 * = 2, it is the von Mises distribution.
 *
 * <p>Draws follow Wood (1994). Their gradient with respect to the concentration is implicit and
 * unbiased: that of Davidson et al. leaves out that acceptance depends on the concentration.
 *
 * @param meanDirection mu, of length 1, shape (batch, m) with m at least 2
 * @param concentration kappa, above 0, shape (batch); from 0.01 to 1e5 everything is finite
 * @param reparameterised whether draws carry their gradient with respect to kappa: it takes a
 *     quadrature for each, of some microseconds, which is wasted where nothing is differentiated;
 *     that with respect to mu they always carry
 */
public record VonMisesFisher(NDArray meanDirection, NDArray concentration, boolean reparameterised)
    implements RotationallySymmetric {

  /**
   * Checks the shapes.
   *
   * @throws ShapeException if they do not fit each other
   */
  public VonMisesFisher {
    RotationallySymmetric.check(meanDirection, concentration);
  }

  /**
   * Distributions whose draws carry all gradients.
   *
   * @param meanDirection mu, of length 1, shape (batch, m) with m at least 2
   * @param concentration kappa, above 0, shape (batch)
   * @throws ShapeException if the shapes do not fit each other
   */
  public VonMisesFisher(NDArray meanDirection, NDArray concentration) {
    this(meanDirection, concentration, true);
  }

  @Override
  public AngularLaw law(double concentration) {
    return new VonMisesFisherLaw((int) event().get(0), concentration);
  }

  @Override
  public NDArray statistic(NDArray cosine) {
    return cosine;
  }

  @Override
  public VonMisesFisher map(UnaryOperator<NDArray> change) {
    return new VonMisesFisher(
        change.apply(meanDirection), change.apply(concentration), reparameterised);
  }
}
