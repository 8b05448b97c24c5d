package org.largevae.datasets.format;

/** What is learned of a column while its values pass, from the first example to the last. */
final class ColumnScan {
  /** Fewer examples are evenly spaced by chance. */
  private static final int FEWEST = 5;

  private static final double EVEN = 1e-6;

  /** Numbers nearer to each other than this share of themselves differ by what computing left. */
  private static final double NOISE = 1e-12;

  /** The share of a column's range that rounding may move a value by. */
  private static final double MOST_ROUNDING = 1e-2;

  /** The share of neighbours that may become equal. */
  private static final double MOST_MERGED = 0.25;

  private long count;
  private double previous;
  private double step;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;
  private double rounding;
  private long different;
  private long merged;
  private boolean even = true;
  private boolean rising = true;
  private boolean whole = true;

  void add(double value) {
    if (count == 1) {
      step = value - previous;
    }
    if (count > 0) {
      double noise = NOISE * Math.max(Math.abs(value), Math.abs(previous));
      even &= Math.abs(value - previous - step) <= EVEN * Math.abs(step) + noise;
      rising &= value > previous;
      if (Math.abs(value - previous) > noise) {
        different++;
        merged += (float) value == (float) previous ? 1 : 0;
      }
    }
    whole &= value == Math.rint(value);
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
    rounding = Math.max(rounding, Math.abs(value - (float) value));
    previous = value;
    count++;
  }

  double lowest() {
    return lowest;
  }

  double highest() {
    return highest;
  }

  /** The most that rounding to 32 bits moves a value. */
  double rounding() {
    return rounding;
  }

  /** From one value to the next, where the column {@linkplain #isEven goes evenly}. */
  double step() {
    return step;
  }

  boolean isConstant() {
    return lowest == highest;
  }

  /** Whether the column goes up or down by the same step from each example to the next. */
  boolean isEven() {
    return count >= FEWEST && even && Math.abs(highest - lowest) > noise();
  }

  /** Whether the column goes up in whole numbers, as identifiers do. */
  boolean risesInWholeNumbers() {
    return count >= FEWEST && rising && whole;
  }

  /** Whether rounding to 32 bits moves values by much of what tells them apart. */
  boolean losesItsRange() {
    double range = highest - lowest;
    return range > noise() && rounding > MOST_ROUNDING * range;
  }

  /** Whether rounding to 32 bits makes many neighbours equal that are not. */
  boolean losesItsSteps() {
    return merged > MOST_MERGED * different;
  }

  private double noise() {
    return NOISE * Math.max(Math.abs(lowest), Math.abs(highest));
  }
}
