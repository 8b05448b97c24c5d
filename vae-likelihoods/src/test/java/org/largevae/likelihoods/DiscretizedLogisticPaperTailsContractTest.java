package org.largevae.likelihoods;

import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

class DiscretizedLogisticPaperTailsContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider<?> provider() {
    return new DiscretizedLogisticProvider();
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.GREY_LEVEL;
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
