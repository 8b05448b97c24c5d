package org.largevae.priors.flow;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class NeuralSplineFlowContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new NeuralSplineFlowProvider();
  }

  @Override
  protected String configuration() {
    return "couplings = 2, bins = 4, hidden = [4]";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("couplings = 0", "hidden = [0]", "bins = 1", "bound = 0");
  }
}
