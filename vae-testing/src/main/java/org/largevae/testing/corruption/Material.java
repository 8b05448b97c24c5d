package org.largevae.testing.corruption;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * What mutations of one good file work with.
 *
 * @param good all good files
 * @param sizes where this one declares sizes
 * @param starts where its sections start, ascending; empty if any place is as good as another
 * @param words pieces that mean something in the format
 */
record Material(
    List<byte[]> good, List<SizeField> sizes, List<Integer> starts, List<String> words) {

  /** A part of the content, from and to: a section of the format or any range. */
  int[] section(byte[] content, Random random) {
    if (starts.isEmpty() || random.nextInt(3) == 0) {
      int one = random.nextInt(content.length + 1);
      int two = random.nextInt(content.length + 1);
      return new int[] {Math.min(one, two), Math.max(one, two)};
    }
    int index = random.nextInt(starts.size());
    int from = Math.min(starts.get(index), content.length);
    int to = index + 1 < starts.size() ? starts.get(index + 1) : content.length;
    return new int[] {from, Math.max(from, Math.min(to, content.length))};
  }

  /** One of the words; a single byte where there are none. */
  byte[] word(Random random) {
    return words.isEmpty()
        ? new byte[] {(byte) random.nextInt(256)}
        : words.get(random.nextInt(words.size())).getBytes(StandardCharsets.ISO_8859_1);
  }

  byte[] anyGood(Random random) {
    return good.get(random.nextInt(good.size()));
  }
}
