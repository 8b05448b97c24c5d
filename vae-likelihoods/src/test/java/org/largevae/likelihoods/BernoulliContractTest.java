package org.largevae.likelihoods;

import org.largevae.api.data.Support;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

class BernoulliContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider provider() {
    return new BernoulliProvider();
  }

  @Override
  protected Support support() {
    return Support.BINARY;
  }
}
