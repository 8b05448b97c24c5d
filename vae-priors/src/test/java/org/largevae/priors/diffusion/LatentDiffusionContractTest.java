package org.largevae.priors.diffusion;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class LatentDiffusionContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new LatentDiffusionProvider();
  }

  @Override
  protected String configuration() {
    return "steps = 3, hidden = 4, draws = 4";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of(
        "steps = 1",
        "gamma-min = 8",
        "hidden = 0",
        "draws = 0",
        "density = exact",
        "ode-steps = 0");
  }
}
