package org.largevae.api.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Draw;

/**
 * The parts of the evidence lower bound at S draws for each of B examples.
 *
 * @param reconstruction log p(x|z), in nats, shape (S, B)
 * @param levels top first
 */
public record Bound(NDArray reconstruction, List<Level> levels) {

  /** Copies the list. */
  public Bound {
    levels = List.copyOf(levels);
  }

  /**
   * One level: what was drawn, from what, and what the prior says of it.
   *
   * @param draw values of shape (S, B, M) with their log q
   * @param posterior q, a batch (B) at the top, (S, B) below
   * @param prior p
   * @param logPrior log p of the values, in nats, shape (S, B)
   */
  public record Level(Draw draw, Distribution posterior, Density prior, NDArray logPrior) {

    /**
     * The divergence's Monte Carlo terms, log q - log p.
     *
     * @return in nats, shape (S, B)
     */
    public NDArray kl() {
      return draw.logProb().sub(logPrior);
    }
  }

  /**
   * The divergence's terms, all levels together.
   *
   * @return log q(z|x) - log p(z), in nats, shape (S, B)
   */
  public NDArray kl() {
    return levels.stream().map(Level::kl).reduce(NDArray::add).orElseThrow();
  }

  /**
   * The log importance weights.
   *
   * @return log p(x, z) - log q(z|x), in nats, shape (S, B)
   */
  public NDArray logWeight() {
    return reconstruction.sub(kl());
  }
}
