package org.largevae.likelihoods;

import org.largevae.api.data.Support;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

class DiscretizedLogisticPaperTailsContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider provider() {
    return new DiscretizedLogisticProvider();
  }

  @Override
  protected Support support() {
    return Support.PIXEL_256;
  }

  @Override
  protected String configuration() {
    return "tails = paper";
  }

  @Override
  protected boolean isNormalised() {
    return false;
  }

  @Override
  protected boolean samplesFollowLogProb() {
    return false;
  }
}
