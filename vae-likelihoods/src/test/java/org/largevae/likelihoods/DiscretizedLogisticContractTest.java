package org.largevae.likelihoods;

import java.util.List;
import org.largevae.api.data.Support;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

class DiscretizedLogisticContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider provider() {
    return new DiscretizedLogisticProvider();
  }

  @Override
  protected Support support() {
    return Support.PIXEL_256;
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("tails = cut", "log-scale-min = 1", "log-scale-max = 3");
  }
}
