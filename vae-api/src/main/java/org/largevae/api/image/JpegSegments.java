package org.largevae.api.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.largevae.api.data.DataException;

/**
 * What stands before the pixels of a JPEG (ITU-T T.81, annex B): its colour components and notes.
 *
 * <p>The platform's decoder converts pixels by an embedded colour profile, and guesses the colours
 * of a file without a note of its own way. Both would make the numbers depend on the container and
 * on the version of Java. So the profile is taken out, and a file without a note gets the usual
 * one, that it holds YCbCr (JFIF 1.02).
 */
final class JpegSegments {
  private static final int MARKER = 0xff;
  private static final int START_OF_IMAGE = 0xd8;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;
  private static final int APP14 = 0xee;
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);

  /** Version 1.2, no unit, 1 x 1 pixels, no thumbnail. */
  private static final byte[] JFIF_SEGMENT = {
    (byte) MARKER, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 2, 0, 0, 1, 0, 1, 0, 0
  };

  private final byte[] content;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private Orientation orientation = Orientation.UPRIGHT;
  private boolean noted;
  private int components;
  private String ids = "";

  private JpegSegments(byte[] content) {
    this.content = content;
  }

  /**
   * A JPEG that decodes to its own samples.
   *
   * @param content the file without its colour profile
   * @param orientation how it is to be shown
   */
  record PlainJpeg(byte[] content, Orientation orientation) {}

  /**
   * Whether a file begins as a JPEG does.
   *
   * @param content the file
   * @return true if it does
   */
  static boolean isJpeg(byte[] content) {
    return content.length > 2
        && (content[0] & 0xff) == MARKER
        && (content[1] & 0xff) == START_OF_IMAGE
        && (content[2] & 0xff) == MARKER;
  }

  /**
   * Reads a file that begins as a JPEG. Where its segments are damaged it is left as it is, for the
   * decoder to refuse.
   *
   * @param content the file
   * @param source its name, for messages
   * @return the same picture without its profile
   * @throws DataException if its colours are CMYK or YCCK
   */
  static PlainJpeg plain(byte[] content, String source) {
    return new JpegSegments(content).read(source);
  }

  private PlainJpeg read(String source) {
    int at = 2;
    while (isSegment(at)) {
      int length = 2 + size(at + 2);
      if (keep(content[at + 1] & 0xff, at + 4, length - 4)) {
        kept.write(content, at, length);
      }
      at += length;
    }
    if (components == 4) {
      throw new DataException(
          source
              + ": is in the colours of printing (a JPEG of four components, CMYK or YCCK), which"
              + " have no single meaning in RGB; convert it, for example with `magick IN.jpg"
              + " -colorspace sRGB OUT.png`");
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream(content.length + JFIF_SEGMENT.length);
    plain.write(content, 0, 2);
    if (!noted && components == 3 && !ids.equals("RGB")) {
      plain.writeBytes(JFIF_SEGMENT);
    }
    plain.writeBytes(kept.toByteArray());
    plain.write(content, at, content.length - at);
    return new PlainJpeg(plain.toByteArray(), orientation);
  }

  /** Whether a whole segment with a length begins here, before the first scan. */
  private boolean isSegment(int at) {
    if (at + 4 > content.length || (content[at] & 0xff) != MARKER) {
      return false;
    }
    int type = content[at + 1] & 0xff;
    boolean hasLength = type >= 0xc0 && type != END_OF_IMAGE && type != START_OF_SCAN;
    boolean restarts = type >= 0xd0 && type <= START_OF_IMAGE;
    int size = size(at + 2);
    return hasLength && !restarts && size >= 2 && at + 2 + size <= content.length;
  }

  private int size(int at) {
    return (content[at] & 0xff) << 8 | content[at + 1] & 0xff;
  }

  /** Notes what a segment says; false if it is to be left out. */
  private boolean keep(int type, int start, int length) {
    if (type == APP2 && begins(start, length, PROFILE)) {
      return false;
    }
    if (type == APP1 && begins(start, length, EXIF)) {
      noted = true;
      orientation = Orientation.of(content, start + EXIF.length, length - EXIF.length);
    } else if (type == APP0 && begins(start, length, JFIF)
        || type == APP14 && begins(start, length, ADOBE)) {
      noted = true;
    } else if (isFrame(type) && length > 5) {
      components = content[start + 5] & 0xff;
      ids = "";
      for (int id = start + 6; id < start + length && ids.length() < components; id += 3) {
        ids += (char) (content[id] & 0xff);
      }
    }
    return true;
  }

  /** SOF0 to SOF15, without DHT, JPG and DAC that stand between them. */
  private static boolean isFrame(int type) {
    return type >= 0xc0 && type <= 0xcf && type != 0xc4 && type != 0xc8 && type != 0xcc;
  }

  private boolean begins(int start, int length, byte[] name) {
    return length >= name.length
        && Arrays.equals(content, start, start + name.length, name, 0, name.length);
  }
}
