package org.largevae.datasets;

import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.testkit.DatasetContract;

class HistopathologyContractTest extends DatasetContract {
  @Override
  protected DatasetProvider<?> provider() {
    return new HistopathologyProvider(3, 2, 1);
  }

  @Override
  protected DataFiles files() {
    return PublishedFixtures.histopathology();
  }
}
