package org.largevae.likelihoods;

import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

class ContinuousBernoulliContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider<?> provider() {
    return new ContinuousBernoulliProvider();
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.GREY_LEVEL;
  }

  @Override
  protected boolean isDensity() {
    return true;
  }

  @Override
  protected double densityLowest() {
    return 0;
  }

  @Override
  protected double densityHighest() {
    return 1;
  }
}
