package org.largevae.datasets.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** PNG by the letter of its specification, slow and plain, to hold the reader against. */
final class Png {
  static final int SIGNATURE = 8;
  private static final int EDGES = 12;

  private Png() {}

  /** One chunk: where it starts and how long its data are. */
  record Chunk(int start, int length, String type, boolean intact) {}

  /** The chunks up to the first that the file does not hold whole, or up to IEND. */
  static List<Chunk> chunks(byte[] png) {
    List<Chunk> chunks = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(png);
    int at = SIGNATURE;
    while (at + EDGES <= png.length) {
      int length = buffer.getInt(at);
      if (length < 0 || length > png.length - at - EDGES) {
        break;
      }
      String type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
      boolean intact = crc(png, at + 4, length + 4) == buffer.getInt(at + 8 + length);
      chunks.add(new Chunk(at, length, type, intact));
      at += EDGES + length;
      if (type.equals("IEND")) {
        break;
      }
    }
    return chunks;
  }

  /** The same file with the right checksum in every chunk. */
  static byte[] sealed(byte[] png) {
    byte[] sealed = png.clone();
    for (Chunk chunk : chunks(png)) {
      ByteBuffer.wrap(sealed)
          .putInt(
              chunk.start() + 8 + chunk.length(),
              crc(sealed, chunk.start() + 4, chunk.length() + 4));
    }
    return sealed;
  }

  /** A chunk with its length and checksum. */
  static byte[] chunk(String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(EDGES + data.length).putInt(data.length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
    return chunk.putInt(crc(chunk.array(), 4, data.length + 4)).array();
  }

  /** The file with a chunk behind its header. */
  static byte[] withChunk(byte[] png, byte[] chunk) {
    int at = SIGNATURE + EDGES + 13;
    return ByteBuffer.allocate(png.length + chunk.length)
        .put(png, 0, at)
        .put(chunk)
        .put(png, at, png.length - at)
        .array();
  }

  /**
   * The samples of an 8-bit image, grey or RGB, not interlaced; empty for other kinds, and where
   * the file is no such image.
   */
  static Optional<byte[]> samples(byte[] png) {
    ByteBuffer header = ByteBuffer.wrap(png);
    int width = header.getInt(16);
    int height = header.getInt(20);
    int kind = png[25];
    boolean plain = png[24] == 8 && (kind == 0 || kind == 2) && png[28] == 0;
    if (!plain || width < 1 || height < 1 || (long) width * height > 1 << 20) {
      return Optional.empty();
    }
    int pixel = kind == 0 ? 1 : 3;
    byte[] packed = pixels(png);
    byte[] filtered = new byte[height * (1 + width * pixel)];
    if (inflate(packed, filtered) < filtered.length) {
      return Optional.empty();
    }
    return unfiltered(filtered, width * pixel, height, pixel);
  }

  private static byte[] pixels(byte[] png) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (Chunk chunk : chunks(png)) {
      if (chunk.type().equals("IDAT")) {
        packed.write(png, chunk.start() + 8, chunk.length());
      }
    }
    return packed.toByteArray();
  }

  private static int inflate(byte[] packed, byte[] target) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      int length = 0;
      int count = 1;
      while (count > 0 && length < target.length) {
        count = inflater.inflate(target, length, target.length - length);
        length += count;
      }
      return length;
    } catch (DataFormatException damaged) {
      return 0;
    } finally {
      inflater.end();
    }
  }

  private static Optional<byte[]> unfiltered(byte[] filtered, int row, int height, int pixel) {
    byte[] samples = new byte[row * height];
    for (int y = 0; y < height; y++) {
      int filter = filtered[y * (row + 1)];
      if (filter < 0 || filter > 4) {
        return Optional.empty();
      }
      for (int x = 0; x < row; x++) {
        int left = x < pixel ? 0 : samples[y * row + x - pixel] & 0xff;
        int up = y == 0 ? 0 : samples[(y - 1) * row + x] & 0xff;
        int corner = x < pixel || y == 0 ? 0 : samples[(y - 1) * row + x - pixel] & 0xff;
        int predicted =
            switch (filter) {
              case 1 -> left;
              case 2 -> up;
              case 3 -> (left + up) / 2;
              case 4 -> paeth(left, up, corner);
              default -> 0;
            };
        samples[y * row + x] = (byte) (filtered[y * (row + 1) + 1 + x] + predicted);
      }
    }
    return Optional.of(samples);
  }

  private static int paeth(int left, int up, int corner) {
    int estimate = left + up - corner;
    int toLeft = Math.abs(estimate - left);
    int toUp = Math.abs(estimate - up);
    int toCorner = Math.abs(estimate - corner);
    return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(Arrays.copyOfRange(bytes, from, from + length));
    return (int) crc.getValue();
  }
}
