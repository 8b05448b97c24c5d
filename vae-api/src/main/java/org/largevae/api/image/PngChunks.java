package org.largevae.api.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.largevae.api.data.DataException;

/**
 * Checks what the platform's PNG decoder passes over: that every chunk is whole, from IHDR to IEND,
 * and has the checksum that it carries; and what the decoder believes: that there can be as many
 * pixels as the header declares (ISO/IEC 15948, 5.3 to 5.6, 10.1, 11.2.2).
 */
final class PngChunks {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int TYPE = 4;
  private static final int DATA = 8;
  private static final int CHECKSUM = 4;
  private static final int HEADER = 13;

  /** Deflate packs 258 bytes into two bits at best. */
  private static final long MOST_PACKING = 1032;

  private final ByteBuffer content;
  private final String source;

  private PngChunks(byte[] content, String source) {
    this.content = ByteBuffer.wrap(content);
    this.source = source;
  }

  /**
   * Whether a file begins as a PNG does.
   *
   * @param content the file
   * @return true if it does
   */
  static boolean isPng(byte[] content) {
    return ByteBuffer.wrap(content, 0, Math.min(content.length, SIGNATURE.length))
        .equals(ByteBuffer.wrap(SIGNATURE));
  }

  /**
   * Checks a file that begins as a PNG.
   *
   * @param content the file; what comes behind the last chunk is not looked at
   * @param source the file's name, for messages
   * @return how it is to be shown, upright unless its chunk eXIf says otherwise
   * @throws DataException if a chunk is missing, cut off or damaged, or there are too many pixels
   */
  static Orientation check(byte[] content, String source) {
    return new PngChunks(content, source).check();
  }

  private Orientation check() {
    Orientation orientation = Orientation.UPRIGHT;
    int at = SIGNATURE.length;
    String type = "";
    long packed = 0;
    while (!type.equals("IEND")) {
      String next = chunk(at);
      if (type.isEmpty() != next.equals("IHDR")) {
        throw damaged("its header is not its first chunk, or there are two");
      }
      int length = content.getInt(at);
      if (next.equals("IHDR")) {
        requireHeader(length);
      } else if (next.equals("IDAT")) {
        packed += length;
      } else if (next.equals("eXIf")) {
        orientation = Orientation.of(content.array(), at + DATA, length);
      }
      type = next;
      at += DATA + length + CHECKSUM;
    }
    requireRoom(packed);
    return orientation;
  }

  /** The type of the chunk that begins here, found to be whole. */
  private String chunk(int at) {
    int room = content.limit() - at - DATA - CHECKSUM;
    if (room < 0) {
      throw damaged("it ends before its last chunk");
    }
    String type = new String(content.array(), at + TYPE, TYPE, StandardCharsets.ISO_8859_1);
    if (!type.matches("[A-Za-z]{4}")) {
      throw damaged("it holds something other than a chunk at byte " + at);
    }
    int length = content.getInt(at);
    if (length < 0 || length > room) {
      throw damaged("its chunk " + type + " is longer than the file");
    }
    CRC32 checksum = new CRC32();
    checksum.update(content.array(), at + TYPE, TYPE + length);
    if ((int) checksum.getValue() != content.getInt(at + DATA + length)) {
      throw damaged("the checksum of its chunk " + type + " is wrong");
    }
    return type;
  }

  private void requireHeader(int length) {
    if (length != HEADER || width() < 1 || height() < 1) {
      throw damaged("its header is damaged");
    }
    ImageFile.requireDecodable(width(), height(), source);
  }

  private void requireRoom(long packed) {
    int depth = content.get(SIGNATURE.length + DATA + 8);
    int samples =
        switch (content.get(SIGNATURE.length + DATA + 9)) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
    long row = 1 + ((long) width() * depth * samples + 7) / 8;
    if (row * height() > packed * MOST_PACKING) {
      throw ImageFile.tooFewBytes(width(), height(), content.limit(), source);
    }
  }

  private int width() {
    return content.getInt(SIGNATURE.length + DATA);
  }

  private int height() {
    return content.getInt(SIGNATURE.length + DATA + Integer.BYTES);
  }

  private DataException damaged(String reason) {
    return new DataException(source + ": cannot be decoded as an image: " + reason);
  }
}
