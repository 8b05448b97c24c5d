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
import org.largevae.api.files.FailureText;

/**
 * Decodes a PNG or JPEG and brings it to a shape.
 *
 * <p>The image is stretched to the shape's height and width: each of the shape's pixels is the mean
 * of the area that it covers. Grey is the luma 0.299 R + 0.587 G + 0.114 B of ITU-R BT.601; the
 * values of an image that is grey already are kept. Transparent parts show white. The orientation
 * that a camera notes in a JPEG is not applied.
 */
public final class ImageFile {
  /** Larger images are refused before they are decoded: 2^26 pixels, about 8192 x 8192. */
  public static final long MOST_PIXELS = 1L << 26;

  private static final Set<String> FORMATS = Set.of("png", "jpeg");
  private static final String DAMAGED = "it is damaged";
  private static final int WHITE = 255;

  /** A JPEG has a bit or more for each 8 x 8 pixels, twice that area at the most generous count. */
  private static final long MOST_PIXELS_PER_BYTE = 1024;

  /** The most that a decoded pixel takes: four samples of two bytes, and its colour in an int. */
  private static final int BYTES_PER_PIXEL = 12;

  private ImageFile() {}

  /**
   * Decodes an image.
   *
   * @param content the whole file
   * @param source the file's name, for messages
   * @param shape what it is brought to, of one or three channels
   * @param target where the pixels go, unsigned, channel by channel, row by row
   * @param offset the first pixel's place in {@code target}
   * @param memory shared by the images that are decoded at the same time
   * @throws DataException if it is no PNG or JPEG, is damaged, declares too many pixels, or needs
   *     more memory than there is
   */
  static void decode(
      byte[] content,
      String source,
      DataShape shape,
      byte[] target,
      int offset,
      DecodingMemory memory) {
    if (PngChunks.isPng(content)) {
      PngChunks.check(content, source);
    }
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      ImageReader reader = reader(stream, source);
      try {
        // Metadata are left unread: a small file can unpack to a great deal of them.
        reader.setInput(stream, true, true);
        long need = need(reader, content, source, shape);
        try (DecodingMemory.Reservation reservation = memory.reserve(need, source)) {
          resize(image(reader, source), shape, target, offset);
        }
      } finally {
        reader.dispose();
      }
    } catch (DataException understood) {
      throw understood;
    } catch (IOException fault) {
      throw undecodable(source, FailureText.shown(fault.getMessage(), DAMAGED), fault);
    } catch (RuntimeException fault) {
      // The platform's decoders throw unchecked exceptions on some damaged files.
      throw undecodable(source, DAMAGED, fault);
    }
  }

  /** What decoding and resizing take, in bytes. */
  private static long need(ImageReader reader, byte[] content, String source, DataShape shape)
      throws IOException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    requireDecodable(width, height, source);
    if (!PngChunks.isPng(content) && width * height > content.length * MOST_PIXELS_PER_BYTE) {
      throw tooFewBytes(width, height, content.length, source);
    }
    long resized = (long) shape.height() * shape.width() * Integer.BYTES;
    return width * height * BYTES_PER_PIXEL + resized;
  }

  /**
   * Refuses an image that declares too many pixels.
   *
   * @param width in pixels
   * @param height in pixels
   * @param source the file's name, for messages
   * @throws DataException if they are more than {@link #MOST_PIXELS}
   */
  static void requireDecodable(long width, long height, String source) {
    if (width * height > MOST_PIXELS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: declares %d x %d pixels; images of more than %d pixels are not decoded",
              source,
              width,
              height,
              MOST_PIXELS));
    }
  }

  /** The fault of a file that declares more than it has room for. */
  static DataException tooFewBytes(long width, long height, int bytes, String source) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: declares %d x %d pixels, more than its %d bytes can hold",
            source,
            width,
            height,
            bytes));
  }

  private static BufferedImage image(ImageReader reader, String source) throws IOException {
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
  }

  private static void resize(BufferedImage image, DataShape shape, byte[] target, int offset) {
    int[] resized =
        AreaAveraging.resize(
            colors(image, shape.channels() == 1),
            image.getWidth(),
            image.getHeight(),
            shape.width(),
            shape.height());
    int at = offset;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int color : resized) {
        target[at++] = (byte) (color >> 8 * (2 - channel));
      }
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
