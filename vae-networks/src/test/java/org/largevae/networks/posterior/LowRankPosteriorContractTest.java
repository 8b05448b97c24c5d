package org.largevae.networks.posterior;

import java.util.List;
import org.largevae.api.network.PosteriorProvider;
import org.largevae.testkit.PosteriorContract;

class LowRankPosteriorContractTest extends PosteriorContract {
  @Override
  protected PosteriorProvider<?> provider() {
    return new LowRankPosteriorProvider();
  }

  @Override
  protected String configuration() {
    return "rank = 2";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("rank = 0", "rank = 1.5", "log-variance-min = 3");
  }
}
