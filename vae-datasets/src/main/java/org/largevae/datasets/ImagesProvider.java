package org.largevae.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.Values;
import org.largevae.api.image.ImageFile;
import org.largevae.datasets.format.ImageFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of PNG and JPEG images, with the folders below it, in the order of their names.
 * Configured as
 *
 * <pre>
 * dataset { name = images, folder = pictures, width = 32, height = 32, channels = 3 }
 * </pre>
 *
 * <p>{@code folder} has to be given; width and height are 28 and channels 1 (grey; 3 is RGB) unless
 * said otherwise. Each image is stretched to that size, see {@link ImageFile}. Files whose names do
 * not end in {@code .png}, {@code .jpg} or {@code .jpeg}, or begin with a dot, are left out; a
 * warning says how many. {@code labels} says where the images' classes come from, see {@link
 * ImagesSettings}.
 */
public final class ImagesProvider extends DatasetProvider<ImagesSettings> {
  /** The name in a configuration. */
  public static final String NAME = "images";

  private static final Logger LOGGER = LoggerFactory.getLogger(ImagesProvider.class);

  /** Found by {@link java.util.ServiceLoader}. */
  public ImagesProvider() {
    super(
        NAME,
        "PNG and JPEG images in a folder of yours, resized, grey or RGB",
        ImagesSettings.class);
  }

  @Override
  public Dataset load(ImagesSettings settings, DataFiles files) {
    Path folder = files.resolve(settings.folder());
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is not an existing folder; dataset.folder must name the folder of your images",
              folder));
    }
    DataShape shape = new DataShape(settings.channels(), settings.height(), settings.width());
    ImageLabels source = ImageLabels.of(settings.labels(), files);
    ImageFolder images = ImageFolder.open(folder, source.file().stream().toList());
    images.leftOut().ifPresent(LOGGER::warn);
    ImageLabels.ImageClasses classes = source.of(images);
    ImageFolder.Contents contents = images.decode(shape);
    Map<String, String> fingerprints = new HashMap<>(classes.fingerprints());
    fingerprints.put(settings.folder(), contents.fingerprint());
    return new Dataset(
        NAME,
        contents.shape(),
        contents.size(),
        new Values.Pixels(contents.pixels()),
        fingerprints,
        classes.labels());
  }
}
