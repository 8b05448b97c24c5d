package org.largevae.datasets.format;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;

/**
 * Decodes a PNG or JPEG and brings it to a shape.
 *
 * <p>The image is stretched to the shape's height and width. Grey is the luma 0.299 R + 0.587 G +
 * 0.114 B of ITU-R BT.601; the values of an image that is grey already are kept. Transparent parts
 * show white. The orientation that a camera notes in a JPEG is not applied.
 */
public final class ImageFile {
  /** Larger images are refused before they are decoded: 2^26 pixels, about 8192 x 8192. */
  public static final long MOST_PIXELS = 1L << 26;

  private static final Set<String> FORMATS = Set.of("png", "jpeg");
  private static final int WHITE = 255;

  private ImageFile() {}

  /**
   * Decodes an image.
   *
   * @param content the whole file
   * @param source the file's name, for messages
   * @param shape what it is brought to, of one or three channels
   * @param target where the pixels go, unsigned, channel by channel, row by row
   * @param offset the first pixel's place in {@code target}
   * @throws DataException if it is no PNG or JPEG, is damaged or declares too many pixels
   */
  public static void decode(
      byte[] content, String source, DataShape shape, byte[] target, int offset) {
    BufferedImage image;
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      image = decode(stream, source);
    } catch (IOException | RuntimeException fault) {
      if (fault instanceof DataException understood) {
        throw understood;
      }
      // The platform's decoders throw unchecked exceptions on some damaged files.
      String reason = fault.getMessage() == null ? "it is damaged" : fault.getMessage();
      throw undecodable(source, reason, fault);
    }
    byte[][] planes = planes(image, shape.channels());
    Resampler columns = new Resampler(image.getWidth(), shape.width());
    Resampler rows = new Resampler(image.getHeight(), shape.height());
    int at = offset;
    for (byte[] plane : planes) {
      for (float value : Resampler.resize(plane, image.getWidth(), columns, rows)) {
        target[at++] = (byte) Math.min(255, Math.round(value));
      }
    }
  }

  private static BufferedImage decode(ImageInputStream stream, String source) throws IOException {
    ImageReader reader = reader(stream, source);
    try {
      // Metadata are left unread: a small file can unpack to a great deal of them.
      reader.setInput(stream, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: declares %d x %d pixels; images of more than %d pixels are not decoded",
                source,
                reader.getWidth(0),
                reader.getHeight(0),
                MOST_PIXELS));
      }
      AtomicReference<String> damage = new AtomicReference<>();
      reader.addIIOReadWarningListener(
          (origin, warning) -> {
            if (isDamage(warning)) {
              damage.compareAndSet(null, warning);
            }
          });
      BufferedImage image = reader.read(0);
      if (damage.get() != null) {
        throw undecodable(source, damage.get(), null);
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  /** The JPEG decoder fills what is missing with grey and only warns. */
  private static boolean isDamage(String warning) {
    String lower = warning.toLowerCase(Locale.ROOT);
    return lower.contains("premature") || lower.contains("corrupt");
  }

  private static ImageReader reader(ImageInputStream stream, String source) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw undecodable(source, "it is neither PNG nor JPEG", null);
  }

  private static DataException undecodable(String source, String reason, Throwable cause) {
    return new DataException(
        String.format(Locale.ROOT, "%s: cannot be decoded as an image: %s", source, reason), cause);
  }

  private static byte[][] planes(BufferedImage image, int channels) {
    boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    byte[][] planes = new byte[channels][image.getWidth() * image.getHeight()];
    if (grey) {
      fillFromGrey(image, planes[0]);
      for (int channel = 1; channel < channels; channel++) {
        planes[channel] = planes[0];
      }
    } else {
      fillFromColor(image, planes);
    }
    return planes;
  }

  /** Reads the samples themselves: the platform's conversion would change the grey values. */
  private static void fillFromGrey(BufferedImage image, byte[] plane) {
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
        double opacity = alpha ? alphas[x] / highest : 1;
        plane[y * width + x] = (byte) Math.round(onWhite(greys[x] * 255 / highest, opacity));
      }
    }
  }

  private static void fillFromColor(BufferedImage image, byte[][] planes) {
    int width = image.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        double opacity = (row[x] >>> 24) / 255.0;
        double red = onWhite(row[x] >> 16 & 0xff, opacity);
        double green = onWhite(row[x] >> 8 & 0xff, opacity);
        double blue = onWhite(row[x] & 0xff, opacity);
        int at = y * width + x;
        if (planes.length == 1) {
          planes[0][at] = (byte) Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
        } else {
          planes[0][at] = (byte) Math.round(red);
          planes[1][at] = (byte) Math.round(green);
          planes[2][at] = (byte) Math.round(blue);
        }
      }
    }
  }

  private static double onWhite(double value, double opacity) {
    return WHITE + (value - WHITE) * opacity;
  }
}
