package org.largevae.likelihoods;

import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

class MultinomialContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider<?> provider() {
    return new MultinomialProvider();
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.COUNT;
  }

  /** The probability of a single count is that of it given itself, 1. */
  @Override
  protected boolean isNormalised() {
    return false;
  }

  @Override
  protected boolean samplesFollowLogProb() {
    return false;
  }
}
