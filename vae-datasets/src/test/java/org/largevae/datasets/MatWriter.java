package org.largevae.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;

/** Writes MAT-files of level 5 for tests: values as MATLAB orders them, the first axis fastest. */
final class MatWriter {
  private static final int INT8 = 1;
  private static final int UINT8 = 2;
  private static final int INT32 = 5;
  private static final int UINT32 = 6;
  private static final int DOUBLE = 9;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;
  private static final int CLASS_DOUBLE = 6;
  private static final int CLASS_UINT8 = 9;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  MatWriter() {
    byte[] header = new byte[128];
    byte[] text = "MATLAB 5.0 MAT-file, made up".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(text, 0, header, 0, text.length);
    header[125] = 1;
    header[126] = 'I';
    header[127] = 'M';
    file.writeBytes(header);
  }

  MatWriter doubles(String name, double[] values, int... sizes) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putDouble(value);
    }
    file.writeBytes(matrix(name, CLASS_DOUBLE, DOUBLE, bytes.array(), sizes));
    return this;
  }

  MatWriter bytes(String name, byte[] values, int... sizes) {
    file.writeBytes(matrix(name, CLASS_UINT8, UINT8, values, sizes));
    return this;
  }

  /** As MATLAB does by default. */
  MatWriter packedBytes(String name, byte[] values, int... sizes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream stream = new DeflaterOutputStream(packed)) {
      stream.write(matrix(name, CLASS_UINT8, UINT8, values, sizes));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    // the one element that is not padded
    file.writeBytes(integers(COMPRESSED, packed.size()));
    file.writeBytes(packed.toByteArray());
    return this;
  }

  byte[] content() {
    return file.toByteArray();
  }

  private static byte[] matrix(String name, int kind, int type, byte[] values, int... sizes) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(element(UINT32, integers(kind, 0)));
    body.writeBytes(element(INT32, integers(sizes)));
    body.writeBytes(element(INT8, name.getBytes(StandardCharsets.ISO_8859_1)));
    body.writeBytes(element(type, values));
    return element(MATRIX, body.toByteArray());
  }

  private static byte[] element(int type, byte[] content) {
    int padding = (8 - content.length % 8) % 8;
    return ByteBuffer.allocate(8 + content.length + padding)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(type)
        .putInt(content.length)
        .put(content)
        .array();
  }

  private static byte[] integers(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }
}
