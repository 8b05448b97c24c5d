package org.largevae.priors;

import org.largevae.api.data.Support;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class VampPriorOfRealDataContractTest extends PriorContract {
  @Override
  protected PriorProvider provider() {
    return new VampPriorProvider();
  }

  @Override
  protected Support support() {
    return Support.REAL;
  }

  @Override
  protected String configuration() {
    return "pseudo-inputs = 5";
  }
}
