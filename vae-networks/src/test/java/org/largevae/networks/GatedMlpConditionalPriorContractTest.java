package org.largevae.networks;

import java.util.List;
import org.largevae.api.prior.ConditionalPriorProvider;
import org.largevae.testkit.ConditionalPriorContract;

class GatedMlpConditionalPriorContractTest extends ConditionalPriorContract {
  @Override
  protected ConditionalPriorProvider<?> provider() {
    return new GatedMlpConditionalPriorProvider();
  }

  @Override
  protected String configuration() {
    return "hidden = [5, 4]";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("hidden = []", "hidden = [0]", "log-variance-min = 3");
  }
}
