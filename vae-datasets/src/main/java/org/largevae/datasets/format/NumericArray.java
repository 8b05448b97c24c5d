package org.largevae.datasets.format;

import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.largevae.api.dataset.Values;

/**
 * An array of finite numbers as a file holds it.
 *
 * @param source the file and, where it holds several, the array, for messages
 * @param sizes of its axes
 * @param firstFastest true if neighbours in memory differ in the first index (Fortran's and
 *     MATLAB's order), false if in the last (C's)
 * @param values in the file's order; pixels where the file's type is unsigned bytes; not copied
 * @param place says where the value at an index of {@code values} stands, for messages, as in
 *     {@code the value at [0, 3]}
 * @param columns the names along the last axis, all different; empty where it has none
 */
public record NumericArray(
    String source,
    List<Integer> sizes,
    boolean firstFastest,
    Values values,
    IntFunction<String> place,
    List<String> columns) {

  /** Copies the list and checks that there is a value for each element. */
  public NumericArray {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(place, "place is null");
    sizes = List.copyOf(sizes);
    columns = List.copyOf(columns);
    long product = sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (values.length() != product) {
      throw new IllegalArgumentException(values.length() + " values do not fill " + sizes);
    }
  }

  /**
   * An array without names.
   *
   * @param source the file and, where it holds several, the array, for messages
   * @param sizes of its axes
   * @param firstFastest whether neighbours in memory differ in the first index
   * @param values in the file's order; not copied
   * @param place says where a value stands, for messages
   */
  public NumericArray(
      String source,
      List<Integer> sizes,
      boolean firstFastest,
      Values values,
      IntFunction<String> place) {
    this(source, sizes, firstFastest, values, place, List.of());
  }

  /**
   * How far apart in {@link #values} neighbours along each axis are.
   *
   * @return a step for each axis
   */
  public long[] steps() {
    return steps(sizes, firstFastest);
  }

  /**
   * How far apart in a packed array neighbours along each axis are.
   *
   * @param sizes of the axes
   * @param firstFastest whether the first axis is the fastest
   * @return a step for each axis
   */
  public static long[] steps(List<Integer> sizes, boolean firstFastest) {
    long[] steps = new long[sizes.size()];
    long step = 1;
    for (int i = 0; i < steps.length; i++) {
      int axis = firstFastest ? i : steps.length - 1 - i;
      steps[axis] = step;
      step *= sizes.get(axis);
    }
    return steps;
  }

  /** The index along each axis of a value's place in memory. */
  static int[] indices(int at, List<Integer> sizes, boolean firstFastest) {
    int[] indices = new int[sizes.size()];
    int rest = at;
    for (int i = 0; i < indices.length; i++) {
      int axis = firstFastest ? i : indices.length - 1 - i;
      indices[axis] = rest % sizes.get(axis);
      rest /= sizes.get(axis);
    }
    return indices;
  }
}
