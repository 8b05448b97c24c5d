package com.example.mixture;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class GaussianMixtureContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new GaussianMixtureProvider();
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
        "init-log-variance = 5",
        "log-variance-min = 1",
        "log-variance-min = 0, log-variance-max = 0");
  }
}
