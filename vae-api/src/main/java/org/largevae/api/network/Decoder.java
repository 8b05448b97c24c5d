package org.largevae.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;

/** A decoder: maps latents to the unconstrained parameters of the likelihood. */
public interface Decoder extends Component {

  /**
   * The likelihood's parameters for latents.
   *
   * @param z shape (B, M)
   * @param pass the present pass
   * @return one array of shape (B, D) for each parameter of the likelihood, in its order
   */
  NDList decode(NDArray z, Pass pass);
}
