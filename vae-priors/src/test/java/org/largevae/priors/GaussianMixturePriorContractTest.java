package org.largevae.priors;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class GaussianMixturePriorContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new GaussianMixturePriorProvider();
  }

  @Override
  protected String configuration() {
    return "components = 3";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of(
        "components = 0",
        "components = 2.5",
        "init-spread = -1",
        "init-log-variance = 3",
        "log-variance-min = 2");
  }
}
