package org.largevae.datasets;

import java.util.List;
import org.largevae.api.component.NoSettings;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;

/**
 * Fashion-MNIST: 70,000 pictures of clothes, laid out as MNIST is, the 60,000 training images
 * first, the 10,000 test images last. Configured as {@code dataset { name = fashion-mnist }}; it
 * has no keys of its own.
 *
 * <p>H. Xiao, K. Rasul and R. Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking
 * machine learning algorithms", arXiv:1708.07747 (2017).
 */
public final class FashionMnistProvider extends DatasetProvider<NoSettings> {
  /** The name in a configuration. */
  public static final String NAME = "fashion-mnist";

  private static final String ADDRESS =
      "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/";

  private static final List<DataFile> FILES =
      List.of(
          PublishedImages.file(
              NAME,
              "train-images-idx3-ubyte.gz",
              "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
              ADDRESS),
          PublishedImages.file(
              NAME,
              "t10k-images-idx3-ubyte.gz",
              "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
              ADDRESS));

  private static final List<DataFile> LABELS =
      List.of(
          PublishedImages.file(
              NAME,
              "train-labels-idx1-ubyte.gz",
              "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
              ADDRESS),
          PublishedImages.file(
              NAME,
              "t10k-labels-idx1-ubyte.gz",
              "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
              ADDRESS));

  /** Found by {@link java.util.ServiceLoader}. */
  public FashionMnistProvider() {
    super(
        NAME,
        "Fashion-MNIST, 70,000 clothes of 28 x 28 pixels, the published test images last",
        NoSettings.class);
  }

  @Override
  public List<DataFile> files() {
    return FILES;
  }

  @Override
  public Dataset load(NoSettings settings, DataFiles files) {
    return new PublishedImages(NAME, FILES, LABELS).load(files);
  }
}
