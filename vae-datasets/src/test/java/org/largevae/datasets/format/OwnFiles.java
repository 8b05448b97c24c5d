package org.largevae.datasets.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.largevae.api.dataset.Values;

/**
 * Files that NumPy and SciPy wrote, by {@code src/test/python/own_formats.py}, and made-up ones.
 */
final class OwnFiles {

  private OwnFiles() {}

  static byte[] bytes(String name) {
    try (InputStream file =
        OwnFiles.class.getResourceAsStream("/org/largevae/datasets/own/" + name)) {
      return file.readAllBytes();
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  static Path copy(String name, Path folder) throws IOException {
    return Files.write(folder.resolve(name), bytes(name));
  }

  /** A file in NumPy's format, version 1. */
  static byte[] npy(String header, byte[] values) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + text.length + values.length)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .put((byte) text.length)
        .put((byte) (text.length >> 8))
        .put(text)
        .put(values)
        .array();
  }

  static String header(String type, String sizes) {
    return "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + sizes + ", }";
  }

  /** The value at an index of the script's arrays. */
  static float expected(String type, int index) {
    if (type.equals("b1")) {
      return index % 3 == 0 ? 1 : 0;
    }
    float whole = index * 5f - (type.charAt(0) == 'u' ? 0 : 40);
    return type.charAt(0) == 'f' ? whole / 4 : whole;
  }

  /** The values in C's order, whatever order the file has. */
  static float[] inOrder(NumericArray array) {
    float[] target = new float[array.values().length()];
    long[] steps = array.steps();
    for (int i = 0; i < target.length; i++) {
      int[] indices = NumericArray.indices(i, array.sizes(), false);
      int at = 0;
      for (int axis = 0; axis < indices.length; axis++) {
        at += (int) (indices[axis] * steps[axis]);
      }
      target[i] = value(array.values(), at);
    }
    return target;
  }

  private static float value(Values values, int at) {
    return values instanceof Values.Pixels pixels
        ? pixels.bytes()[at] & 0xff
        : ((Values.Reals) values).floats()[at];
  }
}
