package org.largevae.testkit;

import java.util.stream.IntStream;
import org.largevae.api.data.Support;

/** The values that data may have. */
final class SupportValues {

  private SupportValues() {}

  /** All values, in order; only of supports that have finitely many. */
  static double[] all(Support support) {
    return switch (support) {
      case BINARY -> new double[] {0, 1};
      case PIXEL_256 -> IntStream.range(0, 256).mapToDouble(i -> (i + 0.5) / 256).toArray();
      case REAL -> throw new IllegalArgumentException("real numbers cannot be listed");
    };
  }

  /** Whether a value is one of a support. */
  static boolean holds(Support support, double value) {
    return switch (support) {
      case BINARY -> value == 0 || value == 1;
      case PIXEL_256 -> {
        double pixel = value * 256 - 0.5;
        yield pixel == Math.rint(pixel) && pixel >= 0 && pixel <= 255;
      }
      case REAL -> Double.isFinite(value);
    };
  }

  /** For messages. */
  static String describe(Support support) {
    return switch (support) {
      case BINARY -> "it must be 0 or 1";
      case PIXEL_256 -> "it must be one of the 256 values (pixel + 1/2) / 256";
      case REAL -> "it must be finite";
    };
  }
}
