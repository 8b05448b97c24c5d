package org.largevae.priors;

import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class VampPriorFromDataContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new VampPriorProvider();
  }

  @Override
  protected String configuration() {
    return "pseudo-inputs = 5, init = training-data";
  }
}
