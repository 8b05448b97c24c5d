package org.largevae.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.Optional;

/** Tells whether arrays hold NaN or infinite values. */
public final class FiniteValues {

  private FiniteValues() {}

  /**
   * Whether an array holds only finite values.
   *
   * @param array of floating point numbers
   * @return true if neither NaN nor an infinity is in it
   */
  public static boolean areAll(NDArray array) {
    if (array.isEmpty()) {
      return true;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      // the greatest magnitude overflows nowhere, as a norm may, and is NaN where a value is
      NDArray greatest = array.abs().max();
      return greatest.getDataType() == DataType.FLOAT64
          ? Double.isFinite(greatest.getDouble())
          : Float.isFinite(greatest.getFloat());
    }
  }

  /**
   * The first of several arrays that holds something else.
   *
   * @param arrays by their names
   * @return its name
   */
  public static Optional<String> firstOther(Map<String, NDArray> arrays) {
    return arrays.entrySet().stream()
        .filter(entry -> !areAll(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
