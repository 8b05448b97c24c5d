package org.largevae.datasets;

import java.util.List;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.testkit.DatasetContract;

class CsvContractTest extends DatasetContract {
  @Override
  protected DatasetProvider<?> provider() {
    return new CsvProvider();
  }

  @Override
  protected String configuration() {
    return "file = src/test/resources/org/largevae/datasets/own/table.csv, leave-out = [label]";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("values = percent", "shape = [1, 2, 3, 4]", "channel-axis = middle");
  }
}
