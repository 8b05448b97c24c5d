package org.largevae.api.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera held its picture, as Exif notes it: the sides of what is shown at which the stored
 * picture's first row and first column lie (Exif 2.3, 4.6.4, tag 0x0112).
 */
enum Orientation {
  /** Row at the top, column at the left: as it is stored. */
  UPRIGHT,
  /** Top and right. */
  MIRRORED,
  /** Bottom and right. */
  UPSIDE_DOWN,
  /** Bottom and left. */
  MIRRORED_UPSIDE_DOWN,
  /** Left and top. */
  TRANSPOSED,
  /** Right and top. */
  TURNED_LEFT,
  /** Right and bottom. */
  TRANSPOSED_UPSIDE_DOWN,
  /** Left and bottom. */
  TURNED_RIGHT;

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int HEAD = 8;
  private static final int ENTRY = 12;
  private static final int LITTLE = 0x4949;
  private static final int BIG = 0x4d4d;
  private static final int MAGIC = 42;

  /**
   * Reads the orientation from Exif data.
   *
   * @param bytes hold the data, a TIFF header and its directories
   * @param offset the header's place
   * @param length of the data
   * @return upright where none is noted or the data are damaged, as viewers take it
   */
  static Orientation of(byte[] bytes, int offset, int length) {
    ByteBuffer exif = ByteBuffer.wrap(bytes, offset, length).slice();
    if (length < HEAD) {
      return UPRIGHT;
    }
    int order = exif.getShort(0);
    if (order == LITTLE) {
      exif.order(ByteOrder.LITTLE_ENDIAN);
    } else if (order != BIG) {
      return UPRIGHT;
    }
    long directory = exif.getInt(4) & 0xffff_ffffL;
    if (exif.getShort(2) != MAGIC || directory + 2 > length) {
      return UPRIGHT;
    }
    int entries = exif.getShort((int) directory) & 0xffff;
    long at = directory + 2;
    for (int entry = 0; entry < entries && at + ENTRY <= length; entry++, at += ENTRY) {
      if (exif.getShort((int) at) == TAG && exif.getShort((int) at + 2) == SHORT) {
        int code = exif.getShort((int) at + HEAD);
        return code >= 1 && code <= values().length ? values()[code - 1] : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Whether the stored picture is as wide as the shown one is high. */
  boolean swapsSides() {
    return ordinal() >= TRANSPOSED.ordinal();
  }

  /**
   * Turns a stored picture upright.
   *
   * @param stored its pixels, row by row
   * @param width of the upright picture
   * @param height of the upright picture
   * @return the upright picture's pixels, row by row
   */
  int[] upright(int[] stored, int width, int height) {
    if (this == UPRIGHT) {
      return stored;
    }
    int[] upright = new int[stored.length];
    int lastX = width - 1;
    int lastY = height - 1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from =
            switch (this) {
              case UPRIGHT -> y * width + x;
              case MIRRORED -> y * width + lastX - x;
              case UPSIDE_DOWN -> (lastY - y) * width + lastX - x;
              case MIRRORED_UPSIDE_DOWN -> (lastY - y) * width + x;
              case TRANSPOSED -> x * height + y;
              case TURNED_LEFT -> (lastX - x) * height + y;
              case TRANSPOSED_UPSIDE_DOWN -> (lastX - x) * height + lastY - y;
              case TURNED_RIGHT -> x * height + lastY - y;
            };
        upright[y * width + x] = stored[from];
      }
    }
    return upright;
  }
}
