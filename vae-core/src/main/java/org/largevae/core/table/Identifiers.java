package org.largevae.core.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.RawTable;
import org.largevae.api.files.MessageText;
import org.largevae.api.files.Sha256;

/**
 * Sees to it that an identifier names one row, with eight bytes of memory for each: the first of
 * its SHA-256. Where two are equal, the table is read once more for the names that have them.
 */
final class Identifiers {
  /** Of more equal hashes some are of equal names for certain. */
  private static final int ENOUGH = 10_000;

  private final int column;
  private final long[] hashes;
  private int count;

  /**
   * None so far.
   *
   * @param column of the identifiers
   * @param rows how many there will be
   */
  Identifiers(int column, int rows) {
    this.column = column;
    this.hashes = new long[rows];
  }

  /** Takes in the identifier of the present row. */
  void add(RawTable.Rows rows) {
    hashes[count++] = hash(rows.written(column).strip());
  }

  /**
   * Looks for two rows with one identifier.
   *
   * @throws DataException if there are such; it names the second
   */
  void requireUnique(RawTable table) {
    Arrays.sort(hashes);
    Set<Long> twice = new HashSet<>();
    for (int i = 1; i < hashes.length && twice.size() < ENOUGH; i++) {
      if (hashes[i] == hashes[i - 1]) {
        twice.add(hashes[i]);
      }
    }
    if (twice.isEmpty()) {
      return;
    }
    Map<String, String> places = new HashMap<>();
    try (RawTable.Rows rows = table.rows()) {
      while (rows.next()) {
        String name = rows.written(column).strip();
        if (twice.contains(hash(name))) {
          note(name, rows, places);
        }
      }
    }
  }

  private static void note(String name, RawTable.Rows rows, Map<String, String> places) {
    String before = places.putIfAbsent(name, rows.place());
    if (before != null) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: the identifier \"%s\" was there before, in %s; an identifier names one row, take"
                  + " another column or none",
              rows.place(),
              MessageText.of(name),
              before));
    }
  }

  private static long hash(String name) {
    var digest = Sha256.start();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
