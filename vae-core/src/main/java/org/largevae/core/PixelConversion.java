package org.largevae.core;

import java.awt.image.BufferedImage;
import java.util.Locale;
import org.largevae.api.data.DataShape;
import org.largevae.api.image.ImagePixels;
import org.largevae.api.tensor.ShapeException;

/** Eight-bit pixels of pictures that have the size of an example, and pictures of pixels. */
final class PixelConversion {
  private PixelConversion() {}

  /**
   * The pixels of a picture.
   *
   * @param image the picture
   * @param shape of one or three channels
   * @param target where they go
   * @param offset the first one's place in {@code target}
   * @throws ShapeException if the picture has another size
   */
  static void read(BufferedImage image, DataShape shape, byte[] target, int offset) {
    if (image.getWidth() != shape.width() || image.getHeight() != shape.height()) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "the image is %d pixels wide and %d high, but the model's examples are %d wide and %d"
                  + " high; bring it to their size with images().fit(image), as training did",
              image.getWidth(),
              image.getHeight(),
              shape.width(),
              shape.height()));
    }
    ImagePixels.fit(image, shape, target, offset);
  }

  /**
   * A picture of pixels.
   *
   * @param pixels unsigned, channel by channel, row by row
   * @param shape of one or three channels
   * @return a grey or an RGB picture
   */
  static BufferedImage write(byte[] pixels, DataShape shape) {
    int width = shape.width();
    int plane = width * shape.height();
    boolean grey = shape.channels() == 1;
    int type = grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage image = new BufferedImage(width, shape.height(), type);
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int i = 0; i < plane; i++) {
        int sample = pixels[channel * plane + i] & 0xff;
        image.getRaster().setSample(i % width, i / width, channel, sample);
      }
    }
    return image;
  }
}
