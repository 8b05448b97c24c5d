package org.largevae.api.data;

/** Which values the data have, as a model sees them. */
public enum Support {
  /** 0 or 1. */
  BINARY(0, 1),
  /** One of the 256 values (pixel + 1/2) / 256, pixel = 0..255. */
  PIXEL_256(0, 1),
  /** Any finite real number. */
  REAL(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

  private final float lowest;
  private final float highest;

  Support(float lowest, float highest) {
    this.lowest = lowest;
    this.highest = highest;
  }

  /**
   * A lower bound of the values.
   *
   * @return 0, or negative infinity
   */
  public float lowest() {
    return lowest;
  }

  /**
   * An upper bound of the values.
   *
   * @return 1, or positive infinity
   */
  public float highest() {
    return highest;
  }
}
