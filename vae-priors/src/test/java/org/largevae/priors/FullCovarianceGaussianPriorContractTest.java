package org.largevae.priors;

import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class FullCovarianceGaussianPriorContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new FullCovarianceGaussianPriorProvider();
  }
}
