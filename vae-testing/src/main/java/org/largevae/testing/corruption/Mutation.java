package org.largevae.testing.corruption;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One way to damage a file. What a mutation cannot be applied to it leaves as it is. */
enum Mutation {
  BIT_FLIPS {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      byte[] changed = content.clone();
      for (int i = 0; i < few(random) && changed.length > 0; i++) {
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return changed;
    }
  },
  BYTES {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      byte[] changed = content.clone();
      for (int i = 0; i < few(random) && changed.length > 0; i++) {
        byte value =
            random.nextBoolean()
                ? EXTREME_BYTES[random.nextInt(EXTREME_BYTES.length)]
                : (byte) random.nextInt(256);
        changed[random.nextInt(changed.length)] = value;
      }
      return changed;
    }
  },
  TRUNCATION {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      return Arrays.copyOf(content, random.nextInt(content.length + 1));
    }
  },
  EXTENSION {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      byte[] more = new byte[1 + random.nextInt(random.nextBoolean() ? 8 : 5000)];
      if (random.nextBoolean()) {
        random.nextBytes(more);
      }
      return join(content, random.nextInt(4) == 0 ? content : more);
    }
  },
  DUPLICATED_SECTION {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      int[] section = material.section(content, random);
      byte[] copy = Arrays.copyOfRange(content, section[0], section[1]);
      return insert(content, section[random.nextInt(2)], copy);
    }
  },
  DELETED_SECTION {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      int[] section = material.section(content, random);
      return join(
          Arrays.copyOf(content, section[0]),
          Arrays.copyOfRange(content, section[1], content.length));
    }
  },
  SWAPPED_SECTIONS {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      int[] one = material.section(content, random);
      int[] two = material.section(content, random);
      int[] first = one[0] <= two[0] ? one : two;
      int[] second = first == one ? two : one;
      int between = Math.max(first[1], second[0]);
      if (between > second[1]) {
        return content;
      }
      return join(
          Arrays.copyOf(content, first[0]),
          Arrays.copyOfRange(content, between, second[1]),
          Arrays.copyOfRange(content, first[1], between),
          Arrays.copyOfRange(content, first[0], first[1]),
          Arrays.copyOfRange(content, second[1], content.length));
    }
  },
  SIZE_FIELD {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      List<SizeField> fields = material.sizes();
      if (fields.isEmpty()) {
        return NUMBER.apply(content, material, random);
      }
      byte[] changed = content.clone();
      long value = EXTREME_SIZES[random.nextInt(EXTREME_SIZES.length)] + random.nextInt(3) - 1;
      fields.get(random.nextInt(fields.size())).write(changed, value);
      return changed;
    }
  },
  NUMBER {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      String text = new String(content, StandardCharsets.ISO_8859_1);
      List<MatchResult> numbers = DIGITS.matcher(text).results().toList();
      if (numbers.isEmpty()) {
        return BYTES.apply(content, material, random);
      }
      MatchResult number = numbers.get(random.nextInt(numbers.size()));
      String other = NUMBERS[random.nextInt(NUMBERS.length)];
      return join(
          Arrays.copyOf(content, number.start()),
          other.getBytes(StandardCharsets.US_ASCII),
          Arrays.copyOfRange(content, number.end(), content.length));
    }
  },
  WORD {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      return insert(content, random.nextInt(content.length + 1), material.word(random));
    }
  },
  NESTING {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      byte[] word = material.word(random);
      int times = 1 << random.nextInt(14);
      byte[] repeated = new byte[times * word.length];
      for (int i = 0; i < repeated.length; i++) {
        repeated[i] = word[i % word.length];
      }
      return insert(content, random.nextInt(content.length + 1), repeated);
    }
  },
  SPLICE {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      byte[] other = material.anyGood(random);
      return join(
          Arrays.copyOf(content, random.nextInt(content.length + 1)),
          Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
    }
  },
  RANDOM_BYTES {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      byte[] noise = new byte[random.nextInt(1000)];
      random.nextBytes(noise);
      int kept = random.nextBoolean() ? 0 : Math.min(content.length, random.nextInt(32));
      return join(Arrays.copyOf(content, kept), noise);
    }
  },
  EMPTY {
    @Override
    byte[] apply(byte[] content, Material material, Random random) {
      return new byte[0];
    }
  };

  private static final byte[] EXTREME_BYTES = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff, '\n', ' '};
  private static final long[] EXTREME_SIZES = {
    0,
    1,
    0xff,
    0x7fff,
    0xffff,
    0x7fff_ffffL,
    0x8000_0000L,
    0xffff_ffffL,
    1L << 20,
    1L << 30,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1
  };
  private static final Pattern DIGITS = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final String[] NUMBERS = {
    "0",
    "1",
    "-1",
    "7",
    "255",
    "65536",
    "100000",
    "2147483647",
    "2147483648",
    "-2147483648",
    "4294967295",
    "4294967297",
    "9223372036854775807",
    "99999999999999999999",
    "-0",
    "0.5",
    "1e9",
    "1e400",
    "-1e400",
    "NaN",
    "Infinity",
    "007",
    "0x10"
  };

  /**
   * Damages a file.
   *
   * @param content is not changed
   * @param material what there is to work with
   * @param random decides
   * @return the damaged content, of any length
   */
  abstract byte[] apply(byte[] content, Material material, Random random);

  private static int few(Random random) {
    return random.nextBoolean() ? 1 : 1 + random.nextInt(8);
  }

  private static byte[] insert(byte[] content, int at, byte[] piece) {
    return join(Arrays.copyOf(content, at), piece, Arrays.copyOfRange(content, at, content.length));
  }

  private static byte[] join(byte[]... pieces) {
    byte[] whole = new byte[Arrays.stream(pieces).mapToInt(piece -> piece.length).sum()];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    return whole;
  }
}
