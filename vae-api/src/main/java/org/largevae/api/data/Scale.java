package org.largevae.api.data;

/**
 * How a value in the data's own unit becomes what a model sees: {@code (value - location) /
 * spread}. Densities of the value are those of what the model sees divided by the spread.
 *
 * @param location finite
 * @param spread finite, above 0
 */
public record Scale(double location, double spread) {
  /** The model sees the data's own values. */
  public static final Scale NONE = new Scale(0, 1);

  /** Checks the numbers. */
  public Scale {
    if (!Double.isFinite(location) || !(spread > 0 && spread < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a scale needs a finite location and a finite spread above 0, not "
              + location
              + " and "
              + spread);
    }
  }

  /**
   * What a model sees.
   *
   * @param value in the data's own unit
   * @return without a unit
   */
  public double toModel(double value) {
    return (value - location) / spread;
  }

  /**
   * The data's own value.
   *
   * @param value as a model sees it
   * @return in the data's own unit
   */
  public double toData(double value) {
    return value * spread + location;
  }
}
