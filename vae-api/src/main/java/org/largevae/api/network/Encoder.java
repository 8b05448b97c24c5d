package org.largevae.api.network;

import ai.djl.ndarray.NDArray;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.Posterior;

/** An encoder: maps examples to posteriors q(z|x). It chooses the family of the posterior. */
public interface Encoder extends Component {

  /**
   * The posteriors of examples.
   *
   * @param x shape (B, D), values channel by channel, row by row
   * @param pass the present pass
   * @return B posteriors over M latents; gradients reach the parameters and x
   */
  Posterior encode(NDArray x, Pass pass);
}
