package org.largevae.priors.reweighted;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

/** Without a running mean, whose gradient is on purpose not that of its value. */
class LarsPriorContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new LarsPriorProvider();
  }

  @Override
  protected String configuration() {
    return """
        hidden = [6]
        truncation = 20
        training-samples = 64
        average-decay = 0
        normaliser-samples = 20000
        """;
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of(
        "hidden = [0]",
        "truncation = 1",
        "training-samples = 0",
        "training-samples = 2000000000",
        "average-decay = 1",
        "normaliser-samples = 2000000000",
        "normaliser-samples = 10");
  }
}
