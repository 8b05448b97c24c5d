package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.tensor.Tensors;

/**
 * A distribution over arrays, or a batch of independent ones, valid as long as the pass that it was
 * made in. Every draw comes with its log-density; what knows the density of other values too, as an
 * inverse autoregressive flow cheaply does not, is a {@link Density}.
 */
public interface Distribution {

  /**
   * The shape of the batch.
   *
   * @return () for one distribution, as a prior is; (B) for encoded examples; (S, B) for decoded
   *     draws
   */
  Shape batch();

  /**
   * The shape of a value.
   *
   * @return (M) for latents, (D) for examples
   */
  Shape event();

  /**
   * The space that values live in.
   *
   * @return {@link Support#REAL} unless overridden
   */
  default Support support() {
    return Support.REAL;
  }

  /**
   * Independent draws, reparameterised where the family allows it: gradients flow through them to
   * the parameters.
   *
   * @param leading axes in front of the batch: (S) for S draws of each, () for one
   * @param noise the only source of random numbers
   * @return values of shape (leading, batch, event)
   */
  Draw draw(Shape leading, Noise noise);

  /**
   * {@link #draw(Shape, Noise)} with the engine's random numbers.
   *
   * @param leading axes in front of the batch
   * @return values of shape (leading, batch, event)
   */
  default Draw draw(Shape leading) {
    return draw(leading, Noise.ENGINE);
  }

  /**
   * The mean.
   *
   * @return shape (batch, event)
   * @throws UnsupportedOperationException if it cannot be computed; see {@link Density#hasMean}
   */
  NDArray mean();

  /**
   * The same distribution with other arrays for its parameters, each the result of a function of
   * the old one, which may choose rows of it or cut its gradient.
   *
   * @param change is given each parameter, shape (batch, ...)
   * @return a distribution of the same family; this one where there are no parameters
   */
  Distribution map(UnaryOperator<NDArray> change);

  /**
   * Selected distributions of a batch (B).
   *
   * @param rows int64, shape (n), each from 0 to B - 1; may repeat
   * @return a batch (n)
   */
  default Distribution select(NDArray rows) {
    return map(parameter -> Tensors.rows(parameter, rows));
  }

  /**
   * The same, but no gradient reaches its parameters (Roeder et al. 2017, arXiv:1703.09194).
   *
   * @return a distribution of the same family
   */
  default Distribution detached() {
    return map(NDArray::stopGradient);
  }

  /**
   * The Kullback-Leibler divergence {@code KL(this || other)} where there is a closed form.
   *
   * @param other over the same values
   * @return in nats, shape (batch); empty where there is no closed form
   */
  default Optional<NDArray> divergence(Distribution other) {
    return Optional.empty();
  }
}
