package org.largevae.datasets;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataFiles;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Dataset;
import org.largevae.api.data.DatasetProvider;
import org.largevae.api.data.Values;
import org.largevae.datasets.format.ImageFile;
import org.largevae.datasets.format.ImageFolder;

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
 * not end in {@code .png}, {@code .jpg} or {@code .jpeg}, or begin with a dot, are left out.
 */
public final class ImagesProvider implements DatasetProvider {
  /** The name in a configuration. */
  public static final String NAME = "images";

  private static final String FOLDER = "folder";
  private static final String WIDTH = "width";
  private static final String HEIGHT = "height";
  private static final String CHANNELS = "channels";
  private static final int LONGEST_SIDE = 4096;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "PNG and JPEG images in a folder of yours, resized, grey or RGB";
  }

  @Override
  public Config defaults() {
    return ConfigFactory.parseString(
        "folder = null, width = 28, height = 28, channels = 1",
        ConfigParseOptions.defaults().setOriginDescription("defaults of dataset images"));
  }

  @Override
  public Dataset load(Settings settings, DataFiles files) {
    int channels = settings.integer(CHANNELS, 1, 3);
    if (channels == 2) {
      throw settings.fault(CHANNELS, "must be 1 (grey) or 3 (RGB)");
    }
    int height = settings.integer(HEIGHT, 1, LONGEST_SIDE);
    int width = settings.integer(WIDTH, 1, LONGEST_SIDE);
    String written = settings.text(FOLDER);
    Path folder = files.resolve(written);
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is not an existing folder; %s must name the folder of your images",
              folder,
              settings.fullKey(FOLDER)));
    }
    ImageFolder.Contents contents =
        ImageFolder.open(folder).decode(new DataShape(channels, height, width));
    return new Dataset(
        NAME,
        contents.shape(),
        contents.size(),
        new Values.Pixels(contents.pixels()),
        Map.of(written, contents.fingerprint()));
  }
}
