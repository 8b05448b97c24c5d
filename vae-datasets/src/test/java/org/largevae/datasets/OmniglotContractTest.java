package org.largevae.datasets;

import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.testkit.DatasetContract;

class OmniglotContractTest extends DatasetContract {
  @Override
  protected DatasetProvider<?> provider() {
    return new OmniglotProvider(3, 2);
  }

  @Override
  protected DataFiles files() {
    return PublishedFixtures.omniglot(PublishedFixtures.omniglotPictures().content());
  }
}
