package org.largevae.priors;

import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class VampPriorOfRealDataContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new VampPriorProvider();
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.REAL;
  }

  @Override
  protected String configuration() {
    return "pseudo-inputs = 5";
  }
}
