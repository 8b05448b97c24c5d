package org.largevae.core.table;

/**
 * Pictures as bytes, a quarter of the memory that their values take in single precision.
 *
 * @param pixels N x D, picture by picture; not copied
 * @param values the value of each of the 256 bytes; not copied
 * @param dimensions D
 */
public record PixelRows(byte[] pixels, float[] values, int dimensions) implements StoredRows {
  @Override
  public float value(int row, int column) {
    return values[pixels[row * dimensions + column] & 0xff];
  }

  @Override
  public void copy(int row, float[] target, int offset) {
    int from = row * dimensions;
    for (int column = 0; column < dimensions; column++) {
      target[offset + column] = values[pixels[from + column] & 0xff];
    }
  }

  @Override
  public boolean isMapped() {
    return true;
  }
}
