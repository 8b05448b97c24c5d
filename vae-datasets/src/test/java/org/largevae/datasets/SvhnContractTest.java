package org.largevae.datasets;

import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.testkit.DatasetContract;

class SvhnContractTest extends DatasetContract {
  @Override
  protected DatasetProvider<?> provider() {
    return new SvhnProvider(3, 1, 2);
  }

  @Override
  protected DataFiles files() {
    return PublishedFixtures.svhnFiles();
  }
}
