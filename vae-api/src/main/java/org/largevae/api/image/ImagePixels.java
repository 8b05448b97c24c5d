package org.largevae.api.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import org.largevae.api.data.DataShape;

/**
 * Eight-bit pixels of a picture, brought to a shape.
 *
 * <p>The picture is stretched to the shape's height and width: each of the shape's pixels is the
 * mean of the area that it covers. Grey is the luma 0.299 R + 0.587 G + 0.114 B of ITU-R BT.601;
 * the values of a picture that is grey already are kept. Sixteen bits become eight, v x 255 / 65535
 * rounded. Transparent parts show white.
 */
public final class ImagePixels {
  private static final int WHITE = 255;

  private ImagePixels() {}

  /**
   * The pixels of a picture.
   *
   * @param image of any size
   * @param shape what it is brought to, of one or three channels
   * @param target where the pixels go, unsigned, channel by channel, row by row
   * @param offset the first pixel's place in {@code target}
   */
  public static void fit(BufferedImage image, DataShape shape, byte[] target, int offset) {
    fit(image, Orientation.UPRIGHT, shape, target, offset);
  }

  static void fit(
      BufferedImage image, Orientation orientation, DataShape shape, byte[] target, int offset) {
    boolean swaps = orientation.swapsSides();
    int[] resized =
        AreaAveraging.resize(
            colors(image, shape.channels() == 1),
            image.getWidth(),
            image.getHeight(),
            swaps ? shape.height() : shape.width(),
            swaps ? shape.width() : shape.height());
    int[] upright = orientation.upright(resized, shape.width(), shape.height());
    int at = offset;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int color : upright) {
        target[at++] = (byte) (color >> 8 * (2 - channel));
      }
    }
  }

  /** Every pixel as 0xRRGGBB on white, row by row. */
  private static int[] colors(BufferedImage image, boolean asLuma) {
    int[] colors = new int[image.getWidth() * image.getHeight()];
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      fillFromGrey(image, colors);
    } else {
      fillFromColor(image, colors, asLuma);
    }
    return colors;
  }

  /** Reads the samples themselves: the platform's conversion would change the grey values. */
  private static void fillFromGrey(BufferedImage image, int[] colors) {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    double highest = (1L << raster.getSampleModel().getSampleSize(0)) - 1;
    boolean alpha = image.getColorModel().hasAlpha();
    int[] greys = new int[width];
    int[] alphas = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, greys);
      if (alpha) {
        raster.getSamples(0, y, width, 1, 1, alphas);
      }
      for (int x = 0; x < width; x++) {
        double grey = onWhite(greys[x] * 255 / highest, alpha ? alphas[x] / highest : 1);
        colors[y * width + x] = color(grey, grey, grey);
      }
    }
  }

  private static void fillFromColor(BufferedImage image, int[] colors, boolean asLuma) {
    int width = image.getWidth();
    image.getRGB(0, 0, width, image.getHeight(), colors, 0, width);
    for (int i = 0; i < colors.length; i++) {
      double opacity = (colors[i] >>> 24) / 255.0;
      double red = onWhite(colors[i] >> 16 & 0xff, opacity);
      double green = onWhite(colors[i] >> 8 & 0xff, opacity);
      double blue = onWhite(colors[i] & 0xff, opacity);
      if (asLuma) {
        double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
        colors[i] = color(luma, luma, luma);
      } else {
        colors[i] = color(red, green, blue);
      }
    }
  }

  private static int color(double red, double green, double blue) {
    return (int) Math.round(red) << 16 | (int) Math.round(green) << 8 | (int) Math.round(blue);
  }

  private static double onWhite(double value, double opacity) {
    return WHITE + (value - WHITE) * opacity;
  }
}
