package org.largevae.datasets;

import java.nio.file.Path;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.testkit.DatasetContract;

class FreyFacesContractTest extends DatasetContract {
  @Override
  protected DatasetProvider<?> provider() {
    return new FreyFacesProvider();
  }

  @Override
  protected DataFiles files() {
    return TestFiles.offline(Path.of("target"));
  }
}
