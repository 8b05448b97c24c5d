package org.largevae.priors.diffusion;

import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

/** The flow of the denoiser, whose density is exact. */
class LatentDiffusionFlowContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new LatentDiffusionProvider();
  }

  @Override
  protected String configuration() {
    return "steps = 5, hidden = 4, density = ode, ode-steps = 8";
  }
}
