package org.largevae.networks.posterior;

import java.util.List;
import org.largevae.api.network.PosteriorProvider;
import org.largevae.testkit.PosteriorContract;

class FullCovariancePosteriorContractTest extends PosteriorContract {
  @Override
  protected PosteriorProvider<?> provider() {
    return new FullCovariancePosteriorProvider();
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("log-variance-min = 3");
  }
}
