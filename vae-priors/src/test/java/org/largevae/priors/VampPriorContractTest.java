package org.largevae.priors;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class VampPriorContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new VampPriorProvider();
  }

  @Override
  protected String configuration() {
    return "pseudo-inputs = 5";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of(
        "pseudo-inputs = 0",
        "init = data",
        "init-standard-deviation = 0",
        "init-noise = -1",
        "gradient = row");
  }
}
