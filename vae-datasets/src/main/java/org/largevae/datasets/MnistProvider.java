package org.largevae.datasets;

import java.util.List;
import org.largevae.api.component.NoSettings;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;

/**
 * MNIST: 70,000 handwritten digits of 28 x 28 grey pixels, the 60,000 training images first, the
 * 10,000 test images last. Configured as {@code dataset { name = mnist }}; it has no keys of its
 * own. The examples have labels where the publishers' files of labels lie beside the images.
 *
 * <p>Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to document
 * recognition", Proceedings of the IEEE 86 (1998).
 */
public final class MnistProvider extends DatasetProvider<NoSettings> {
  /** The name in a configuration. */
  public static final String NAME = "mnist";

  private static final String[] ADDRESSES = {
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/"
  };

  static final DataFile TEST_IMAGES =
      PublishedImages.file(
          "mnist",
          "t10k-images-idx3-ubyte.gz",
          "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
          ADDRESSES);

  static final DataFile TEST_LABELS =
      PublishedImages.file(
          "mnist",
          "t10k-labels-idx1-ubyte.gz",
          "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
          ADDRESSES);

  private static final DataFile TRAINING_LABELS =
      PublishedImages.file(
          "mnist",
          "train-labels-idx1-ubyte.gz",
          "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
          ADDRESSES);

  private static final DataFile TRAINING_IMAGES =
      PublishedImages.file(
          "mnist",
          "train-images-idx3-ubyte.gz",
          "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
          ADDRESSES);

  /** Found by {@link java.util.ServiceLoader}. */
  public MnistProvider() {
    super(
        NAME,
        "MNIST, 70,000 handwritten digits of 28 x 28 pixels, the published test images last",
        NoSettings.class);
  }

  @Override
  public List<DataFile> files() {
    return List.of(TRAINING_IMAGES, TEST_IMAGES);
  }

  @Override
  public Dataset load(NoSettings settings, DataFiles files) {
    List<DataFile> labels = List.of(TRAINING_LABELS, TEST_LABELS);
    return new PublishedImages(NAME, files(), labels).load(files);
  }
}
