package org.largevae.priors;

import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.LatentSpace;
import org.largevae.testkit.PriorContract;

class UniformSpherePriorContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new UniformSpherePriorProvider();
  }

  @Override
  protected LatentSpace latentSpace() {
    return LatentSpace.sphere();
  }
}
