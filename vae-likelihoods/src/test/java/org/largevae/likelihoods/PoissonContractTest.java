package org.largevae.likelihoods;

import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

class PoissonContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider<?> provider() {
    return new PoissonProvider();
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.COUNT;
  }
}
