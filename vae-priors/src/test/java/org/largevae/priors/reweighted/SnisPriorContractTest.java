package org.largevae.priors.reweighted;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class SnisPriorContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new SnisPriorProvider();
  }

  @Override
  protected String configuration() {
    return "hidden = [6], proposals = 40, evaluation-sets = 40";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("hidden = [0]", "proposals = 0", "evaluation-sets = 0");
  }
}
