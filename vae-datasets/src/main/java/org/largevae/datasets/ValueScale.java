package org.largevae.datasets;

import java.util.Locale;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Values;
import org.largevae.datasets.format.NumericArray;

/** What the numbers in a user's file mean. */
public enum ValueScale {
  /** Unsigned bytes are pixels, all else are real numbers, as in a CSV file, which has no types. */
  AUTO,
  /** Grey levels or intensities, whole numbers from 0 to 255. */
  PIXELS,
  /** Intensities from 0 to 1, rounded to 256 levels. */
  UNIT,
  /** Real numbers as they are. */
  REALS;

  static final String MEANING =
      "auto (unsigned bytes are pixels, all else reals), pixels (0 to 255), unit (0 to 1) or reals";

  private static final int WHITE = 255;

  /**
   * Converts an array's values.
   *
   * @throws DataException naming the first value out of range
   */
  Values apply(NumericArray array) {
    return switch (this) {
      case AUTO -> array.values();
      case REALS -> array.values() instanceof Values.Pixels pixels ? reals(pixels) : array.values();
      case PIXELS ->
          array.values() instanceof Values.Pixels pixels
              ? pixels
              : levels(array, 1, "whole numbers from 0 to 255");
      case UNIT -> levels(array, WHITE, "numbers from 0 to 1");
    };
  }

  private static Values reals(Values.Pixels pixels) {
    float[] floats = new float[pixels.length()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = pixels.bytes()[i] & 0xff;
    }
    return new Values.Reals(floats);
  }

  private Values levels(NumericArray array, float factor, String rule) {
    Values.Reals reals =
        (Values.Reals)
            (array.values() instanceof Values.Pixels pixels ? reals(pixels) : array.values());
    byte[] bytes = new byte[reals.length()];
    for (int i = 0; i < bytes.length; i++) {
      float value = reals.floats()[i];
      float level = value * factor;
      boolean whole = this == UNIT || value == Math.rint(value);
      if (!(level >= 0 && level <= WHITE && whole)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: %s is %s, but dataset.values = %s needs %s",
                array.source(),
                array.place().apply(i),
                value,
                name().toLowerCase(Locale.ROOT),
                rule));
      }
      bytes[i] = (byte) Math.round(level);
    }
    return new Values.Pixels(bytes);
  }
}
