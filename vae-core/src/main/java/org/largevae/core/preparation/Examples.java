package org.largevae.core.preparation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.largevae.api.data.DataDescription;
import org.largevae.api.files.Sha256;
import org.largevae.core.table.ChosenRows;
import org.largevae.core.table.HeapRows;
import org.largevae.core.table.StoredRows;

/** Examples, in the data's own units. */
public final class Examples {
  private final int size;
  private final int dimensions;
  private final StoredRows rows;
  private final Optional<float[]> fillers;
  private final Optional<float[]> labels;

  /**
   * @param fillers D values that stand for missing ones; empty if none is missing
   */
  private Examples(
      int size,
      int dimensions,
      StoredRows rows,
      Optional<float[]> fillers,
      Optional<float[]> labels) {
    this.size = size;
    this.dimensions = dimensions;
    this.rows = rows;
    this.fillers = fillers;
    this.labels = labels;
  }

  /**
   * Examples all of whose values are known, without labels.
   *
   * @param size N
   * @param dimensions D
   * @param values N x D, example by example; not copied
   */
  public Examples(int size, int dimensions, float[] values) {
    this(size, dimensions, checked(size, dimensions, values), Optional.empty(), Optional.empty());
  }

  private static StoredRows checked(int size, int dimensions, float[] values) {
    Objects.requireNonNull(values, "values is null");
    if (values.length != (long) size * dimensions) {
      throw new IllegalArgumentException(
          values.length + " values are not " + size + " examples of " + dimensions);
    }
    return new HeapRows(values, dimensions);
  }

  /**
   * Examples some of whose values may be missing.
   *
   * @param size N
   * @param values N x D, NaN where a value is missing; not copied
   * @param data what the examples are made of
   * @return the examples
   */
  public static Examples withMissing(int size, float[] values, DataDescription data) {
    return of(size, checked(size, data.dimensions(), values), data);
  }

  /**
   * Examples among the rows of a table.
   *
   * @param rows all of the table, NaN where there is no value
   * @param places N places of rows, from 0; not copied
   * @param data what the examples are made of
   * @return the examples; the rows are not copied
   */
  static Examples among(StoredRows rows, int[] places, DataDescription data) {
    return of(places.length, new ChosenRows(rows, places), data);
  }

  private static Examples of(int size, StoredRows rows, DataDescription data) {
    int dimensions = data.dimensions();
    float[] row = new float[dimensions];
    boolean complete = true;
    for (int example = 0; example < size && complete; example++) {
      rows.copy(example, row, 0);
      for (float value : row) {
        complete &= !Float.isNaN(value);
      }
    }
    float[] fillers = new float[dimensions];
    for (int value = 0; value < dimensions; value++) {
      fillers[value] = data.kind(value).filler();
    }
    return new Examples(
        size,
        dimensions,
        rows,
        complete ? Optional.empty() : Optional.of(fillers),
        Optional.empty());
  }

  /**
   * The same examples with their labels.
   *
   * @param labels N numbers, of a dataset the places of its classes' names, from 0; not copied
   * @return the examples; the values are not copied
   */
  public Examples withLabels(float[] labels) {
    if (labels.length != size) {
      throw new IllegalArgumentException(labels.length + " labels for " + size + " examples");
    }
    return new Examples(size, dimensions, rows, fillers, Optional.of(labels));
  }

  /**
   * Some of these examples. Values count as missing where they do here, even if all of these few
   * are known.
   *
   * @param places from 0 to N - 1, may repeat; not copied
   * @return the examples in that order; their values are not copied
   */
  public Examples at(int[] places) {
    return new Examples(
        places.length,
        dimensions,
        new ChosenRows(rows, places),
        fillers,
        labels.map(
            all -> {
              float[] chosen = new float[places.length];
              for (int i = 0; i < chosen.length; i++) {
                chosen[i] = all[places[i]];
              }
              return chosen;
            }));
  }

  /**
   * How many there are.
   *
   * @return N
   */
  public int size() {
    return size;
  }

  /**
   * How many values each has.
   *
   * @return D
   */
  public int dimensions() {
    return dimensions;
  }

  /**
   * Whether only parts of the values are meant to be in memory in single precision: they are in a
   * file, or are pictures kept as bytes.
   *
   * @return false where all are
   */
  public boolean isMapped() {
    return rows.isMapped();
  }

  /**
   * The labels.
   *
   * @return N numbers, not copied; empty for data without
   */
  public Optional<float[]> labels() {
    return labels;
  }

  /**
   * All values in one array.
   *
   * @return N x D, example by example, its kind's filler where one is missing; not to be changed
   */
  public float[] values() {
    if (fillers.isEmpty() && rows instanceof HeapRows heap) {
      return heap.values();
    }
    float[] values = new float[Math.multiplyExact(size, dimensions)];
    for (int example = 0; example < size; example++) {
      copy(example, values, example * dimensions);
    }
    return values;
  }

  /**
   * Which values are known.
   *
   * @return N x D, 1 where a value is known and 0 where it is missing; empty if all are known
   */
  public Optional<float[]> observed() {
    if (fillers.isEmpty()) {
      return Optional.empty();
    }
    float[] observed = new float[Math.multiplyExact(size, dimensions)];
    float[] row = new float[dimensions];
    for (int example = 0; example < size; example++) {
      rows.copy(example, row, 0);
      for (int value = 0; value < dimensions; value++) {
        observed[example * dimensions + value] = Float.isNaN(row[value]) ? 0 : 1;
      }
    }
    return Optional.of(observed);
  }

  /**
   * The SHA-256 of all values as little-endian float32, example by example, NaN where one is
   * missing.
   *
   * @return in hexadecimal digits
   */
  public String sha256() {
    MessageDigest digest = Sha256.start();
    ByteBuffer bytes = ByteBuffer.allocate(dimensions * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    float[] row = new float[dimensions];
    for (int example = 0; example < size; example++) {
      rows.copy(example, row, 0);
      for (int value = 0; value < dimensions; value++) {
        // of the many NaNs one
        bytes.putInt(value * Float.BYTES, Float.floatToIntBits(row[value]));
      }
      digest.update(bytes.array());
    }
    return Sha256.hex(digest);
  }

  /**
   * Whether a value is known.
   *
   * @param example from 0 to N - 1
   * @param value from 0 to D - 1
   * @return false where it is missing
   */
  public boolean isObserved(int example, int value) {
    return fillers.isEmpty() || !Float.isNaN(rows.value(example, value));
  }

  /**
   * A value.
   *
   * @param example from 0 to N - 1
   * @param value from 0 to D - 1
   * @return the value, or its kind's filler where it is missing
   */
  public float value(int example, int value) {
    float known = rows.value(example, value);
    return fillers.isPresent() && Float.isNaN(known) ? fillers.get()[value] : known;
  }

  /**
   * Copies the values of an example.
   *
   * @param example from 0 to N - 1
   * @param target gets D values, its kind's filler where one is missing
   * @param offset of the first
   */
  public void copy(int example, float[] target, int offset) {
    rows.copy(example, target, offset);
    for (int value = 0; fillers.isPresent() && value < dimensions; value++) {
      if (Float.isNaN(target[offset + value])) {
        target[offset + value] = fillers.get()[value];
      }
    }
  }

  /**
   * The examples one by one.
   *
   * @return N arrays of D values, NaN where one is missing
   */
  public float[][] rows() {
    return rows(size);
  }

  /**
   * The first examples one by one.
   *
   * @param most how many, if there are as many
   * @return arrays of D values, NaN where one is missing
   */
  public float[][] rows(int most) {
    return IntStream.range(0, Math.min(most, size))
        .mapToObj(
            example -> {
              float[] row = new float[dimensions];
              rows.copy(example, row, 0);
              return row;
            })
        .toArray(float[][]::new);
  }
}
