package org.largevae.api.dataset;

/** Raw values of examples, example by example. */
public sealed interface Values {

  /**
   * How many values there are.
   *
   * @return examples times dimensions
   */
  int length();

  /**
   * Eight-bit intensities.
   *
   * @param bytes unsigned, 0 is black; not copied
   */
  record Pixels(byte[] bytes) implements Values {
    @Override
    public int length() {
      return bytes.length;
    }
  }

  /**
   * Real numbers.
   *
   * @param floats finite; not copied
   */
  record Reals(float[] floats) implements Values {
    @Override
    public int length() {
      return floats.length;
    }
  }
}
