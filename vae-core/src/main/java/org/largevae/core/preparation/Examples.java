package org.largevae.core.preparation;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.largevae.api.data.DataDescription;

/**
 * Examples, in the data's own units.
 *
 * @param size N, the number of examples
 * @param dimensions D, the values of each
 * @param values N x D, example by example; not copied
 * @param observed 1 where a value is known and 0 where it is missing, N x D; not copied; empty if
 *     all are known
 * @param labels N numbers, of a dataset the places of its classes' names, from 0; not copied; empty
 *     for data without
 */
public record Examples(
    int size,
    int dimensions,
    float[] values,
    Optional<float[]> observed,
    Optional<float[]> labels) {

  /** Checks that there are N x D values, as many marks and N labels. */
  public Examples {
    Objects.requireNonNull(values, "values is null");
    if (values.length != (long) size * dimensions) {
      throw new IllegalArgumentException(
          values.length + " values are not " + size + " examples of " + dimensions);
    }
    if (observed.isPresent() && observed.get().length != values.length) {
      throw new IllegalArgumentException(
          observed.get().length + " marks of what is observed for " + values.length + " values");
    }
    if (labels.isPresent() && labels.get().length != size) {
      throw new IllegalArgumentException(labels.get().length + " labels for " + size + " examples");
    }
  }

  /**
   * Examples all of whose values are known, without labels.
   *
   * @param size N
   * @param dimensions D
   * @param values N x D; not copied
   */
  public Examples(int size, int dimensions, float[] values) {
    this(size, dimensions, values, Optional.empty(), Optional.empty());
  }

  /**
   * Examples some of whose values are missing: a NaN becomes the filler of its kind, with a mark
   * that it is not observed.
   *
   * @param size N
   * @param values N x D, NaN where a value is missing; not changed
   * @param data what the examples are made of
   * @return the examples, marked only where something is missing
   */
  public static Examples withMissing(int size, float[] values, DataDescription data) {
    int dimensions = data.dimensions();
    float[] filled = values.clone();
    float[] observed = new float[values.length];
    Arrays.fill(observed, 1);
    boolean complete = true;
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) {
        filled[i] = data.kind(i % dimensions).filler();
        observed[i] = 0;
        complete = false;
      }
    }
    return new Examples(
        size,
        dimensions,
        filled,
        complete ? Optional.empty() : Optional.of(observed),
        Optional.empty());
  }

  /**
   * The same examples with their labels.
   *
   * @param labels N numbers; not copied
   * @return the examples; the values are not copied
   */
  public Examples withLabels(float[] labels) {
    return new Examples(size, dimensions, values, observed, Optional.of(labels));
  }

  /**
   * Whether a value is known.
   *
   * @param example from 0 to N - 1
   * @param value from 0 to D - 1
   * @return false where it is missing
   */
  public boolean isObserved(int example, int value) {
    return observed.isEmpty() || observed.get()[example * dimensions + value] != 0;
  }

  /**
   * A value.
   *
   * @param example from 0 to N - 1
   * @param value from 0 to D - 1
   * @return the value, or its kind's filler where it is missing
   */
  public float value(int example, int value) {
    return values[example * dimensions + value];
  }

  /**
   * The examples one by one.
   *
   * @return N arrays of D values, NaN where one is missing
   */
  public float[][] rows() {
    float[][] rows = new float[size][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * dimensions, (i + 1) * dimensions));
    for (int i = 0; observed.isPresent() && i < values.length; i++) {
      if (observed.get()[i] == 0) {
        rows[i / dimensions][i % dimensions] = Float.NaN;
      }
    }
    return rows;
  }
}
