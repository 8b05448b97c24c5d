package org.largevae.datasets;

import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.testkit.DatasetContract;

class Cifar10ContractTest extends DatasetContract {
  @Override
  protected DatasetProvider<?> provider() {
    return new Cifar10Provider(2);
  }

  @Override
  protected DataFiles files() {
    return PublishedFixtures.cifar10();
  }
}
