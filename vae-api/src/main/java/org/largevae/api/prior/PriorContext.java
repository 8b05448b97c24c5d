package org.largevae.api.prior;

import ai.djl.ndarray.NDArray;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.Posterior;
import org.largevae.api.network.Encoder;

/**
 * What a prior may depend on during one pass.
 *
 * @param pass the present pass
 * @param encoder the model's encoder, whose parameters are shared with it
 */
public record PriorContext(Pass pass, Encoder encoder) {

  /**
   * The posteriors of examples or pseudo-inputs.
   *
   * @param x shape (K, D)
   * @return K posteriors; gradients reach the encoder and x
   */
  public Posterior encode(NDArray x) {
    return encoder.encode(x, pass);
  }
}
