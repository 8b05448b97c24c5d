package org.largevae.datasets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Labels;
import org.largevae.api.dataset.Values;
import org.largevae.api.files.Sha256;

/**
 * The pictures of CIFAR-10's binary files: records of a class from 0 to 9 and 32 x 32 pixels, row
 * by row, of the red, then the green, then the blue channel.
 */
final class CifarPictures {
  private static final DataShape SHAPE = new DataShape(3, 32, 32);
  private static final int RECORD = 1 + SHAPE.dimensions();
  private static final int RECORD_OF_CIFAR_100 = 2 + SHAPE.dimensions();
  private static final PictureOrder ORDER = new PictureOrder(SHAPE, RECORD, 32 * 32, 32, 1);

  /** The names in {@code batches.meta.txt}. */
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private final int records;
  private final byte[] pixels;
  private final int[] classes;
  private final Map<String, String> fingerprints = new LinkedHashMap<>();

  CifarPictures(int files, int records) {
    this.records = records;
    this.pixels = new byte[files * records * SHAPE.dimensions()];
    this.classes = new int[files * records];
  }

  /** The length of a file of that many records. */
  static int bytes(int records) {
    return records * RECORD;
  }

  /**
   * Adds the pictures of a file.
   *
   * @param file its place among the files
   * @throws DataException if it holds anything but that many records
   */
  void add(int file, String name, byte[] content) {
    if (content.length != bytes(records)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: has %s bytes, expected %,d records of %,d, a class and 32 x 32 pixels in three"
                  + " channels, of CIFAR-10's binary version%s",
              name,
              content.length > bytes(records)
                  ? "more than " + bytes(records)
                  : String.valueOf(content.length),
              records,
              RECORD,
              content.length % RECORD_OF_CIFAR_100 == 0
                  ? "; records of 3,074 bytes are those of CIFAR-100"
                  : ""));
    }
    for (int record = 0; record < records; record++) {
      int found = content[record * RECORD] & 0xff;
      if (found >= CLASSES.size()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: the class of record %d, counted from 0, is %d, expected 0 to 9; it is no file of"
                    + " CIFAR-10's binary version",
                name,
                record,
                found));
      }
      classes[file * records + record] = found;
    }
    ORDER.copy(content, 1, records, pixels, file * records);
    fingerprints.put(name, Sha256.hex(content));
  }

  Dataset dataset(String name) {
    Optional<Labels> labels = Optional.of(new Labels(CLASSES, classes));
    return new Dataset(
        name, SHAPE, classes.length, new Values.Pixels(pixels), fingerprints, labels);
  }
}
