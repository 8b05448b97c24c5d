package org.largevae.api.image;

import java.awt.image.AreaAveragingScaleFilter;
import java.awt.image.ColorModel;
import java.awt.image.DirectColorModel;
import java.awt.image.FilteredImageSource;
import java.awt.image.ImageObserver;
import java.awt.image.ImageProducer;
import java.awt.image.MemoryImageSource;
import java.awt.image.PixelGrabber;

/**
 * Resizes images with the platform's area averaging: each new pixel is the mean of the area that it
 * covers, so that nothing is skipped when an image is reduced and nothing rings. Enlarging repeats
 * pixels. An equal size changes nothing. The filter is plain Java, so the numbers are the same
 * everywhere.
 */
public final class AreaAveraging {
  private static final ColorModel RGB = new DirectColorModel(24, 0xff0000, 0xff00, 0xff);

  /**
   * The filter adds in single precision, which loses small addends to a large sum: a pixel of its
   * result may be the mean of 128 x 128 at most, for an error far below one level.
   */
  private static final int MOST_REDUCTION = 128;

  private AreaAveraging() {}

  /**
   * Resizes an image.
   *
   * @param pixels width x height of them, row by row, as 0xRRGGBB; not changed
   * @param width in pixels
   * @param height in pixels
   * @param newWidth in pixels
   * @param newHeight in pixels
   * @return newWidth x newHeight pixels, row by row, as 0xRRGGBB with any highest byte
   */
  public static int[] resize(int[] pixels, int width, int height, int newWidth, int newHeight) {
    int nextWidth = next(width, newWidth);
    int nextHeight = next(height, newHeight);
    int[] resized = filter(pixels, width, height, nextWidth, nextHeight);
    return nextWidth == newWidth && nextHeight == newHeight
        ? resized
        : resize(resized, nextWidth, nextHeight, newWidth, newHeight);
  }

  /** A multiple of the target on the way to it, so that the areas of both steps nest. */
  private static int next(int source, int target) {
    long most = (long) target * MOST_REDUCTION;
    return source <= most ? target : target * (int) ((source + most - 1) / most);
  }

  private static int[] filter(int[] pixels, int width, int height, int newWidth, int newHeight) {
    int[] result = new int[newWidth * newHeight];
    ImageProducer producer =
        new FilteredImageSource(
            new MemoryImageSource(width, height, RGB, pixels, 0, width),
            new AreaAveragingScaleFilter(newWidth, newHeight));
    PixelGrabber grabber =
        new PixelGrabber(producer, 0, 0, newWidth, newHeight, result, 0, newWidth);
    // An image in memory is produced within this call.
    grabber.startGrabbing();
    if ((grabber.getStatus() & ImageObserver.ALLBITS) == 0) {
      throw new IllegalStateException("the platform's filter did not give its image");
    }
    return result;
  }
}
