package org.largevae.datasets;

import java.util.List;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.testkit.DatasetContract;

class NumpyContractTest extends DatasetContract {
  @Override
  protected DatasetProvider<?> provider() {
    return new NumpyProvider();
  }

  @Override
  protected String configuration() {
    return "file = src/test/resources/org/largevae/datasets/own/types.npz, array = f4_big_F";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("values = percent", "shape = [1, 2, 3, 4]", "channel-axis = middle");
  }
}
