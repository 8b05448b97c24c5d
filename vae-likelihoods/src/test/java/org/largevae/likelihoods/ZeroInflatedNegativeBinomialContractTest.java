package org.largevae.likelihoods;

import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

class ZeroInflatedNegativeBinomialContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider<?> provider() {
    return new ZeroInflatedNegativeBinomialProvider();
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.COUNT;
  }
}
