package org.largevae.testkit;

import java.util.Random;
import java.util.stream.IntStream;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;

/** Values of a kind. */
final class KindValues {
  private static final int ATTEMPTS = 1000;

  private KindValues() {}

  /** All values of a discrete kind in order; of one without a bound those up to a greatest one. */
  static double[] all(ValueKind kind, double greatest) {
    if (kind.equals(ValueKinds.GREY_LEVEL)) {
      return IntStream.range(0, 256).mapToDouble(i -> (i + 0.5) / 256).toArray();
    }
    int first = (int) Math.max(kind.lowest(), -greatest);
    int last = (int) Math.min(kind.highest(), greatest);
    return IntStream.rangeClosed(first, last)
        .filter(i -> kind.holds(i))
        .mapToDouble(i -> i)
        .toArray();
  }

  /** A value of a kind, by chance. */
  static double draw(ValueKind kind, Random random) {
    if (kind.equals(ValueKinds.GREY_LEVEL)) {
      return (random.nextInt(256) + 0.5) / 256;
    }
    for (int i = 0; i < ATTEMPTS; i++) {
      double value = candidate(kind, random);
      if (kind.holds((float) value)) {
        return value;
      }
    }
    return kind.filler();
  }

  private static double candidate(ValueKind kind, Random random) {
    if (kind.isDiscrete()) {
      int least = (int) Math.max(kind.lowest(), -5);
      int most = (int) Math.min(kind.highest(), least + 10.0);
      return least + random.nextInt(most - least + 1);
    }
    boolean bounded = Double.isFinite(kind.lowest()) && Double.isFinite(kind.highest());
    return bounded
        ? kind.lowest() + random.nextDouble() * (kind.highest() - kind.lowest())
        : random.nextGaussian();
  }
}
