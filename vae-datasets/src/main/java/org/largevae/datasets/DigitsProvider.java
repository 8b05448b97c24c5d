package org.largevae.datasets;

import java.util.List;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataFile;
import org.largevae.api.data.DataFiles;
import org.largevae.api.data.Dataset;
import org.largevae.api.data.DatasetProvider;

/**
 * The 10,000 test images of MNIST, which come in this jar: something real to start with, at once
 * and without a network. Configured as {@code dataset { name = digits }}; it has no keys of its
 * own.
 */
public final class DigitsProvider implements DatasetProvider {
  /** The name in a configuration. */
  public static final String NAME = "digits";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "10,000 handwritten digits of 28 x 28 pixels (MNIST's test images), built in";
  }

  @Override
  public List<DataFile> files() {
    return List.of(MnistProvider.TEST_IMAGES);
  }

  @Override
  public Dataset load(Settings settings, DataFiles files) {
    return new PublishedImages(NAME, files()).load(files);
  }
}
