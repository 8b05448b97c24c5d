package org.largevae.datasets;

import java.util.List;
import org.largevae.api.component.NoSettings;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;

/**
 * The 10,000 test images of MNIST, which come in this jar: something real to start with, at once
 * and without a network. Configured as {@code dataset { name = digits }}; it has no keys of its
 * own. The examples have labels where MNIST's file of them is found, see {@link MnistProvider}.
 */
public final class DigitsProvider extends DatasetProvider<NoSettings> {
  /** The name in a configuration. */
  public static final String NAME = "digits";

  /** Found by {@link java.util.ServiceLoader}. */
  public DigitsProvider() {
    super(
        NAME,
        "10,000 handwritten digits of 28 x 28 pixels (MNIST's test images), built in",
        NoSettings.class);
  }

  @Override
  public List<DataFile> files() {
    return List.of(MnistProvider.TEST_IMAGES);
  }

  @Override
  public Dataset load(NoSettings settings, DataFiles files) {
    return new PublishedImages(NAME, files(), List.of(MnistProvider.TEST_LABELS)).load(files);
  }
}
