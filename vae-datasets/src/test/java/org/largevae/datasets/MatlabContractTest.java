package org.largevae.datasets;

import java.util.List;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.testkit.DatasetContract;

class MatlabContractTest extends DatasetContract {
  @Override
  protected DatasetProvider<?> provider() {
    return new MatlabProvider();
  }

  @Override
  protected String configuration() {
    return "file = src/test/resources/org/largevae/datasets/own/types.mat, variable = x_f4";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("values = percent", "shape = [1, 2, 3, 4]", "channel-axis = middle");
  }
}
