package org.largevae.priors;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class WeightedVampPriorContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new VampPriorProvider();
  }

  @Override
  protected String configuration() {
    return "pseudo-inputs = 5, weights = learned";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("weights = learnt");
  }
}
