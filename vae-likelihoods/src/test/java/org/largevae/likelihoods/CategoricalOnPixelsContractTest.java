package org.largevae.likelihoods;

import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

class CategoricalOnPixelsContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider<?> provider() {
    return new CategoricalProvider();
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.GREY_LEVEL;
  }
}
