package org.largevae.likelihoods;

import org.largevae.api.data.Support;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

class GaussianOnPixelsContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider provider() {
    return new GaussianProvider();
  }

  @Override
  protected Support support() {
    return Support.PIXEL_256;
  }

  @Override
  protected boolean isDensity() {
    return true;
  }

  @Override
  protected boolean samplesFollowLogProb() {
    return false;
  }
}
