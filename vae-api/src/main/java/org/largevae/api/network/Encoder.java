package org.largevae.api.network;

import java.util.Optional;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;

/** An encoder: gives the approximate posteriors {@code q(z_l | x, z above)} of examples. */
public interface Encoder extends Component {

  /**
   * The family of its posteriors, whose parameters it gives.
   *
   * @return empty for an encoder with a family of its own, unless overridden
   */
  default Optional<Posterior> posterior() {
    return Optional.empty();
  }

  /**
   * The posteriors of a batch.
   *
   * @param batch B examples; {@link Batch#observed()} says what is missing in them
   * @param above latents of the levels above, each (..., B, M_j); none at the top
   * @param pass the current pass
   * @return a batch (..., B) over (M); gradients reach the parameters, x and the latents above
   */
  Distribution encode(Batch batch, Latents above, Pass pass);
}
