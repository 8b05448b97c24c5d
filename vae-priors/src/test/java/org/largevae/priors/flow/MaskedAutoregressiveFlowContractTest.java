package org.largevae.priors.flow;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class MaskedAutoregressiveFlowContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new MaskedAutoregressiveFlowProvider();
  }

  @Override
  protected String configuration() {
    return "layers = 2, hidden = [4]";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("layers = 0", "hidden = []", "scale-bound = 11");
  }
}
