package org.largevae.datasets.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages files, as a function of a seed. */
final class Mutations {

  private Mutations() {}

  /** A damaged copy: flipped bits, cut off, swapped or repeated sections, huge sizes. */
  static byte[] of(byte[] content, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = content.clone();
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times && bytes.length > 8; i++) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, SplittableRandom random) {
    // headers matter most
    int range = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 256);
    int at = random.nextInt(range);
    int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 3 -> huge(bytes, Math.min(at, bytes.length - 4), random);
      case 4 -> {
        int other = random.nextInt(bytes.length - length + 1);
        byte[] section = Arrays.copyOfRange(bytes, at, at + length);
        System.arraycopy(bytes, other, bytes, at, length);
        System.arraycopy(section, 0, bytes, other, length);
      }
      case 5 -> {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
        return longer;
      }
      default -> {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
        System.arraycopy(bytes, at + length, shorter, at, bytes.length - at - length);
        return shorter;
      }
    }
    return bytes;
  }

  private static void huge(byte[] bytes, int at, SplittableRandom random) {
    int[] sizes = {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 1 << 30, 0x00ffffff, 0x7fffff00, 0};
    ByteBuffer.wrap(bytes)
        .order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
        .putInt(at, sizes[random.nextInt(sizes.length)]);
  }
}
