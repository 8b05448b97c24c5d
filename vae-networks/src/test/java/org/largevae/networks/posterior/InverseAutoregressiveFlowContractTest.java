package org.largevae.networks.posterior;

import java.util.List;
import org.largevae.api.network.PosteriorProvider;
import org.largevae.testkit.PosteriorContract;

class InverseAutoregressiveFlowContractTest extends PosteriorContract {
  @Override
  protected PosteriorProvider<?> provider() {
    return new InverseAutoregressiveFlowProvider();
  }

  @Override
  protected String configuration() {
    return "steps = 2, hidden = [6], context = 2";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("steps = 0", "hidden = []", "context = 0");
  }
}
