package org.largevae.api.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Decodes a PNG or JPEG and brings it to a shape, as {@link ImagePixels} says. Both kinds of file
 * are treated alike: their samples are taken as they are stored, without the colour profile that
 * may be embedded; the orientation that a camera notes is applied; JPEGs in CMYK are refused.
 */
public final class ImageFile {
  /** Larger images are refused before they are decoded: 2^26 pixels, about 8192 x 8192. */
  public static final long MOST_PIXELS = 1L << 26;

  private static final Set<String> FORMATS = Set.of("png", "jpeg");
  private static final String DAMAGED = "it is damaged";
  private static final String NEITHER = "it is neither PNG nor JPEG";
  private static final int LARGEST_FILE = 1 << 28;

  /** A JPEG has a bit or more for each 8 x 8 pixels, twice that area at the most generous count. */
  private static final long MOST_PIXELS_PER_BYTE = 1024;

  /** The most that a decoded pixel takes: four samples of two bytes, and its colour in an int. */
  private static final int BYTES_PER_PIXEL = 12;

  private ImageFile() {}

  /**
   * The content of an image file.
   *
   * @param path of the file
   * @return its bytes
   * @throws DataException if it cannot be read or is larger than any image should be
   */
  public static byte[] read(Path path) {
    try {
      long size = Files.size(path);
      if (size > LARGEST_FILE) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: has %,d bytes; images of up to %,d bytes are read",
                path,
                size,
                LARGEST_FILE));
      }
      return Files.readAllBytes(path);
    } catch (IOException fault) {
      throw new DataException(path + ": cannot be read: " + FailureText.of(fault), fault);
    }
  }

  /**
   * Decodes an image.
   *
   * @param content the whole file
   * @param source the file's name, for messages
   * @param shape what it is brought to, of one or three channels
   * @param target where the pixels go, unsigned, channel by channel, row by row
   * @param offset the first pixel's place in {@code target}
   * @param memory shared by the images that are decoded at the same time
   * @throws DataException if it is no PNG or JPEG, is damaged, in CMYK, declares too many pixels,
   *     or needs more memory than there is
   */
  public static void decode(
      byte[] content,
      String source,
      DataShape shape,
      byte[] target,
      int offset,
      DecodingMemory memory) {
    if (PngChunks.isPng(content)) {
      Orientation orientation = PngChunks.check(content, source);
      decode(content, orientation, source, shape, target, offset, memory);
    } else if (JpegSegments.isJpeg(content)) {
      JpegSegments.PlainJpeg plain = JpegSegments.plain(content, source);
      decode(plain.content(), plain.orientation(), source, shape, target, offset, memory);
    } else {
      throw undecodable(source, NEITHER, null);
    }
  }

  private static void decode(
      byte[] content,
      Orientation orientation,
      String source,
      DataShape shape,
      byte[] target,
      int offset,
      DecodingMemory memory) {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      ImageReader reader = reader(stream, source);
      try {
        // Metadata are left unread: a small file can unpack to a great deal of them.
        reader.setInput(stream, true, true);
        long need = need(reader, content, source, shape);
        try (DecodingMemory.Reservation reservation = memory.reserve(need, source)) {
          ImagePixels.fit(image(reader, source), orientation, shape, target, offset);
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
    throw undecodable(source, NEITHER, null);
  }

  private static DataException undecodable(String source, String reason, Throwable cause) {
    return new DataException(
        String.format(Locale.ROOT, "%s: cannot be decoded as an image: %s", source, reason), cause);
  }
}
