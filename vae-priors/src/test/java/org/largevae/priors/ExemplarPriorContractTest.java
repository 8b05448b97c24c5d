package org.largevae.priors;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class ExemplarPriorContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new ExemplarPriorProvider();
  }

  @Override
  protected String configuration() {
    return "neighbours = 0, leave-one-out = false";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("exemplars = -1", "neighbours = 0.5", "leave-one-out = 1");
  }
}
