package org.largevae.datasets;

import java.nio.file.Path;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.testkit.DatasetContract;

class DigitsContractTest extends DatasetContract {
  @Override
  protected DatasetProvider<?> provider() {
    return new DigitsProvider();
  }

  @Override
  protected DataFiles files() {
    return TestFiles.offline(Path.of("target"));
  }
}
