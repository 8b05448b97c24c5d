package org.largevae.priors;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class AggregatedPosteriorContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new AggregatedPosteriorProvider();
  }

  @Override
  protected String configuration() {
    return "exemplars = 8, neighbours = 0, leave-one-out = false";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("exemplars = -1", "neighbours = -1", "leave-one-out = perhaps");
  }
}
