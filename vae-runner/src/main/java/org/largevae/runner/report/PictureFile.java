package org.largevae.runner.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pictures as the content of PNG files. */
public final class PictureFile {
  private static final Logger LOGGER = LoggerFactory.getLogger(PictureFile.class);

  /** Figures have a few million pixels; a file that declares more is not one of them. */
  private static final long MOST_PIXELS = 1L << 25;

  private PictureFile() {}

  /**
   * Encodes a picture.
   *
   * @param picture the picture
   * @return the content of a PNG file
   */
  public static byte[] png(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // in memory: a full disk is told of where the file itself is written
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(picture, "png", stream)) {
        throw new IllegalStateException("this Java runtime has no PNG writer");
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a picture; a report is useful without it too.
   *
   * @param file a PNG
   * @return the picture; empty, with a warning logged, if it is damaged or too large
   */
  static Optional<BufferedImage> read(Path file) {
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
      if (stream == null || !readers.hasNext()) {
        throw new IOException("it cannot be opened");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
          throw new IOException("it declares too many pixels");
        }
        return Optional.of(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException damaged) {
      // the platform's decoder throws unchecked exceptions on some damaged files
      LOGGER.warn("{}: cannot be read as a picture and is left out of report.html", file);
      return Optional.empty();
    }
  }
}
