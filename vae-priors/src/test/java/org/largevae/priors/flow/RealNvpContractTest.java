package org.largevae.priors.flow;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class RealNvpContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new RealNvpProvider();
  }

  @Override
  protected String configuration() {
    return "couplings = 3, hidden = [4]";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("couplings = 0", "hidden = []", "scale-bound = 0");
  }
}
