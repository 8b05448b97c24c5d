package org.largevae.core.preparation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.largevae.api.config.SettingException;

/**
 * How many examples go into training, validation and test, or which fractions of them.
 *
 * @param parts three fractions between 0 and 1 that sum to 1, or three whole numbers above 1
 */
record Split(List<Double> parts) {
  private static final double SUM_TOLERANCE = 1e-9;
  private static final String RULE =
      "must be three fractions that sum to 1, or three whole numbers above 1";

  static Split of(List<Double> parts) {
    boolean fractions = parts.stream().allMatch(part -> part > 0 && part < 1);
    boolean counts =
        parts.stream()
            .allMatch(part -> part > 1 && part == Math.rint(part) && part <= Integer.MAX_VALUE);
    if (parts.size() != 3 || !(fractions || counts)) {
      throw new SettingException("split", RULE);
    }
    double sum = parts.stream().mapToDouble(Double::doubleValue).sum();
    if (fractions && Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new SettingException("split", RULE + ", but their sum is " + sum);
    }
    return new Split(parts);
  }

  private boolean isFractions() {
    return parts.get(0) < 1;
  }

  /**
   * The number of examples in each part. Fractions are rounded down for training and validation;
   * test has the rest.
   *
   * @param size how many there are
   * @return three numbers, each perhaps 0, their sum perhaps above {@code size}
   */
  long[] counts(int size) {
    if (!isFractions()) {
      return parts.stream().mapToLong(Double::longValue).toArray();
    }
    long training = floor(parts.get(0), size);
    long validation = floor(parts.get(1), size);
    return new long[] {training, validation, size - training - validation};
  }

  /** In decimal, as the user wrote it: in binary 0.29 x 100 falls just short of 29. */
  private static long floor(double fraction, int size) {
    return BigDecimal.valueOf(fraction)
        .multiply(BigDecimal.valueOf(size))
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }

  /**
   * Chooses each part's examples.
   *
   * @param counts from {@link #counts}, each above 0 and together at most {@code size}
   */
  static SplitPlaces choose(long[] counts, int size, SplitOrder order, long seed) {
    int[] all = IntStream.range(0, size).toArray();
    int training = (int) counts[0];
    int validation = (int) counts[1];
    int test = (int) counts[2];
    int shuffled =
        switch (order) {
          case SHUFFLED -> size;
          case TEST_LAST -> size - test;
          case GIVEN -> 0;
        };
    shuffle(all, shuffled, new SplittableRandom(seed));
    return new SplitPlaces(
        range(all, 0, training), range(all, training, validation), range(all, size - test, test));
  }

  /** Fisher and Yates's shuffle of the first values, in Durstenfeld's form. */
  private static void shuffle(int[] values, int count, SplittableRandom random) {
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  private static int[] range(int[] values, int from, int count) {
    return Arrays.copyOfRange(values, from, from + count);
  }
}
