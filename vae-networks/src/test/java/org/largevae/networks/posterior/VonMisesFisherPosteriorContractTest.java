package org.largevae.networks.posterior;

import org.largevae.api.network.PosteriorProvider;
import org.largevae.testkit.LatentSpace;
import org.largevae.testkit.PosteriorContract;

class VonMisesFisherPosteriorContractTest extends PosteriorContract {
  @Override
  protected PosteriorProvider<?> provider() {
    return new VonMisesFisherPosteriorProvider();
  }

  @Override
  protected LatentSpace latentSpace() {
    return LatentSpace.sphere();
  }

  @Override
  protected boolean isReparameterised() {
    return false;
  }
}
