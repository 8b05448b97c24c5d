package org.largevae.datasets;

import java.util.List;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.testkit.DatasetContract;

class TableContractTest extends DatasetContract {
  @Override
  protected DatasetProvider<?> provider() {
    return new TableProvider();
  }

  /** 77 is a gap in the file, and a number where it is none. */
  @Override
  protected String configuration() {
    return "file = src/test/resources/org/largevae/datasets/own/gaps.csv, missing = [\"\", NA, \"77\"]";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("separator = pipe", "decimal = comma", "comment = \"##\"");
  }
}
