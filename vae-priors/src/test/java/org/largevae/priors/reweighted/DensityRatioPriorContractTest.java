package org.largevae.priors.reweighted;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class DensityRatioPriorContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new DensityRatioPriorProvider();
  }

  @Override
  protected String configuration() {
    return """
        hidden = [6]
        training-samples = 64
        normaliser-samples = 20000
        sampling-proposals = 100
        """;
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of(
        "hidden = [0]",
        "training-samples = 0",
        "training-samples = 2000000000",
        "normaliser-samples = 2000000000",
        "normaliser-samples = 10",
        "sampling-proposals = 0");
  }
}
