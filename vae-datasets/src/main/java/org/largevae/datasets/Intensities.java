package org.largevae.datasets;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Values;
import org.largevae.datasets.format.NumericArray;

/** The grey levels of a published array of intensities from 0 to 1, in the array's own order. */
final class Intensities {
  private static final int LEVELS = 256;
  private static final int WHITE = 255;

  private Intensities() {}

  /**
   * The nearest of the levels p / 255, at most 1 / 510 away.
   *
   * @throws DataException naming the first value out of range
   */
  static byte[] nearest(NumericArray array) {
    return levels(array, value -> Math.rint(value * WHITE));
  }

  /**
   * Which of 256 bins of equal width holds each value: the whole part of 256 x.
   *
   * @throws DataException naming the first value out of range
   */
  static byte[] bins(NumericArray array) {
    return levels(array, value -> Math.min(WHITE, Math.floor(value * LEVELS)));
  }

  private static byte[] levels(NumericArray array, DoubleUnaryOperator level) {
    if (!(array.values() instanceof Values.Reals reals)) {
      throw new DataException(
          array.source() + ": holds unsigned bytes, expected real intensities from 0 to 1");
    }
    byte[] bytes = new byte[reals.length()];
    for (int i = 0; i < bytes.length; i++) {
      float value = reals.floats()[i];
      if (!(value >= 0 && value <= 1)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: %s is %s, expected intensities from 0 to 1",
                array.source(),
                array.place().apply(i),
                value));
      }
      bytes[i] = (byte) level.applyAsDouble(value);
    }
    return bytes;
  }
}
