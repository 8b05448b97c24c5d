package org.largevae.priors;

import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.LatentSpace;
import org.largevae.testkit.PriorContract;

/** Its components are posteriors on the unit sphere. */
class VampPriorOnTheSphereContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new VampPriorProvider();
  }

  @Override
  protected String configuration() {
    return "pseudo-inputs = 3";
  }

  @Override
  protected LatentSpace latentSpace() {
    return LatentSpace.sphere();
  }
}
