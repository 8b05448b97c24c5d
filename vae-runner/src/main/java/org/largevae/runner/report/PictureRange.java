package org.largevae.runner.report;

import java.util.List;

/**
 * Which values of pictures are drawn black and white; those between are drawn as greys between.
 *
 * @param black drawn with no light; values below too
 * @param white drawn with full light; values above too
 */
public record PictureRange(float black, float white) {
  /** Of intensities. */
  public static final PictureRange UNIT = new PictureRange(0, 1);

  /** Checks that there are values between. */
  public PictureRange {
    if (!(black < white && Float.isFinite(white - black))) {
      throw new IllegalArgumentException("there are no values between " + black + " and " + white);
    }
  }

  /**
   * The range of pictures.
   *
   * @param pictures any number; what is not finite does not count
   * @return {@link #UNIT} if all values are in it, else their lowest and highest
   */
  public static PictureRange of(List<float[]> pictures) {
    float lowest = Float.POSITIVE_INFINITY;
    float highest = Float.NEGATIVE_INFINITY;
    for (float[] picture : pictures) {
      for (float value : picture) {
        if (Float.isFinite(value)) {
          lowest = Math.min(lowest, value);
          highest = Math.max(highest, value);
        }
      }
    }
    boolean drawable = lowest < highest && Float.isFinite(highest - lowest);
    return drawable && (lowest < 0 || highest > 1) ? new PictureRange(lowest, highest) : UNIT;
  }

  /** The intensity of a value, from 0 to 1; NaN where it is none. */
  float intensity(float value) {
    return Math.max(0f, Math.min(1f, (value - black) / (white - black)));
  }
}
