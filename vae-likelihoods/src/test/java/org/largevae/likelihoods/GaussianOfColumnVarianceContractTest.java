package org.largevae.likelihoods;

import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

class GaussianOfColumnVarianceContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider<?> provider() {
    return new GaussianProvider();
  }

  @Override
  protected String configuration() {
    return "variance = column";
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.REAL;
  }
}
