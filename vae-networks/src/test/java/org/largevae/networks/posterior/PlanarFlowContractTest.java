package org.largevae.networks.posterior;

import java.util.List;
import org.largevae.api.network.PosteriorProvider;
import org.largevae.testkit.PosteriorContract;

class PlanarFlowContractTest extends PosteriorContract {
  @Override
  protected PosteriorProvider<?> provider() {
    return new PlanarFlowProvider();
  }

  @Override
  protected String configuration() {
    return "steps = 2";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("steps = 0");
  }
}
