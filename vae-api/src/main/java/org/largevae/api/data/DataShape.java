package org.largevae.api.data;

/**
 * The shape of one example. Values are stored channel by channel, row by row; data that are not
 * images have one channel and one row.
 *
 * @param channels 1 for grey, 3 for RGB
 * @param height rows
 * @param width columns
 */
public record DataShape(int channels, int height, int width) {

  /** Checks the axes. */
  public DataShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "data shape " + channels + " x " + height + " x " + width + " has an axis below 1");
    }
  }

  /**
   * D, the number of values in an example.
   *
   * @return channels x height x width
   * @throws ArithmeticException if that exceeds an int
   */
  public int dimensions() {
    return Math.multiplyExact(Math.multiplyExact(channels, height), width);
  }

  /**
   * Whether an example can be drawn as a picture.
   *
   * @return true for one or three channels and more than one row
   */
  public boolean isImage() {
    return (channels == 1 || channels == 3) && height > 1;
  }

  @Override
  public String toString() {
    return (channels == 1 ? "" : channels + " x ") + height + " x " + width;
  }
}
