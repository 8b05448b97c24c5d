package org.largevae.runner.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.largevae.api.config.ConfigurationException;
import org.largevae.runner.report.ImageGrid;
import org.largevae.runner.run.TrainedRun;

/** Pictures as PNG. */
final class Png {

  private Png() {}

  /**
   * A grid for a run's examples.
   *
   * @param run the run
   * @param folder its folder, for the message
   * @return the grid
   * @throws ConfigurationException if its examples are no images
   */
  static ImageGrid grid(TrainedRun run, Path folder) {
    if (!run.shape().isImage()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: its examples are %s values and no images, so there is nothing to draw",
              folder,
              run.shape()));
    }
    return new ImageGrid(run.shape());
  }

  /**
   * Encodes an image.
   *
   * @param image the image
   * @return the content of a PNG file
   */
  static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.setUseCache(false);
      ImageIO.write(image, "png", bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }
}
