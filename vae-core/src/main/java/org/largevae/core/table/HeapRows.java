package org.largevae.core.table;

/**
 * Rows on the heap.
 *
 * @param values N x D, row by row; not copied
 * @param dimensions D
 */
public record HeapRows(float[] values, int dimensions) implements StoredRows {
  @Override
  public float value(int row, int column) {
    return values[row * dimensions + column];
  }

  @Override
  public void copy(int row, float[] target, int offset) {
    System.arraycopy(values, row * dimensions, target, offset, dimensions);
  }

  @Override
  public boolean isMapped() {
    return false;
  }
}
