package org.largevae.likelihoods;

import java.util.List;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

class DiscretizedLogisticContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider<?> provider() {
    return new DiscretizedLogisticProvider();
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.GREY_LEVEL;
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("tails = cut", "log-scale-min = 1", "log-scale-max = 3");
  }
}
