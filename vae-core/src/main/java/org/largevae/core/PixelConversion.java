package org.largevae.core;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.util.Locale;
import org.largevae.api.data.DataShape;
import org.largevae.api.tensor.ShapeException;

/**
 * Eight-bit pixels of pictures, channel by channel, row by row, by the same rules as datasets of
 * image files: grey is the luma 0.299 R + 0.587 G + 0.114 B of ITU-R BT.601, the values of a grey
 * picture are kept, transparent parts show white.
 */
final class PixelConversion {
  private static final int WHITE = 255;

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
                  + " high; scale it first",
              image.getWidth(),
              image.getHeight(),
              shape.width(),
              shape.height()));
    }
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      readGrey(image, shape.channels(), target, offset);
    } else {
      readColor(image, shape.channels(), target, offset);
    }
  }

  /** Reads the samples themselves: the platform's conversion would change the grey values. */
  private static void readGrey(BufferedImage image, int channels, byte[] target, int offset) {
    Raster raster = image.getRaster();
    int plane = image.getWidth() * image.getHeight();
    double highest = (1L << raster.getSampleModel().getSampleSize(0)) - 1;
    boolean alpha = image.getColorModel().hasAlpha();
    for (int i = 0; i < plane; i++) {
      int x = i % image.getWidth();
      int y = i / image.getWidth();
      double opacity = alpha ? raster.getSample(x, y, 1) / highest : 1;
      double grey = onWhite(raster.getSample(x, y, 0) * WHITE / highest, opacity);
      for (int channel = 0; channel < channels; channel++) {
        target[offset + channel * plane + i] = (byte) Math.round(grey);
      }
    }
  }

  private static void readColor(BufferedImage image, int channels, byte[] target, int offset) {
    int plane = image.getWidth() * image.getHeight();
    for (int i = 0; i < plane; i++) {
      int argb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      double opacity = (argb >>> 24) / (double) WHITE;
      double red = onWhite(argb >> 16 & 0xff, opacity);
      double green = onWhite(argb >> 8 & 0xff, opacity);
      double blue = onWhite(argb & 0xff, opacity);
      if (channels == 1) {
        target[offset + i] = (byte) Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
      } else {
        target[offset + i] = (byte) Math.round(red);
        target[offset + plane + i] = (byte) Math.round(green);
        target[offset + 2 * plane + i] = (byte) Math.round(blue);
      }
    }
  }

  private static double onWhite(double value, double opacity) {
    return WHITE + (value - WHITE) * opacity;
  }

  /**
   * A picture of pixels.
   *
   * @param pixels from 0 to 255
   * @param shape of one or three channels
   * @return a grey or an RGB picture
   */
  static BufferedImage write(int[] pixels, DataShape shape) {
    int width = shape.width();
    int plane = width * shape.height();
    if (shape.channels() == 1) {
      BufferedImage image = new BufferedImage(width, shape.height(), BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setSamples(0, 0, width, shape.height(), 0, pixels);
      return image;
    }
    BufferedImage image = new BufferedImage(width, shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      image.setRGB(
          i % width, i / width, pixels[i] << 16 | pixels[plane + i] << 8 | pixels[2 * plane + i]);
    }
    return image;
  }
}
