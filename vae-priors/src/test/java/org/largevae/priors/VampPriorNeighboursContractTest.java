package org.largevae.priors;

import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

/** With all pseudo-inputs near, what is trained on is what is evaluated. */
class VampPriorNeighboursContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new VampPriorProvider();
  }

  @Override
  protected String configuration() {
    return "pseudo-inputs = 5, neighbours = 5";
  }
}
