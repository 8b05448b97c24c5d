package com.example.logistic;

import java.util.List;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.PriorContract;

class LogisticPriorContractTest extends PriorContract {
  @Override
  protected PriorProvider<?> provider() {
    return new LogisticPriorProvider();
  }

  /** What the bounds of single settings do not say; those are tested without being listed. */
  @Override
  protected List<String> badConfigurations() {
    return List.of("init-scale = 0.005", "init-scale = 11", "init-scale = 0.55, scale-min = 0.6");
  }
}
