package org.largevae.core.table;

/** Takes rows in, one after another. */
interface RowStore extends AutoCloseable {

  /**
   * Takes in the next row.
   *
   * @param row D values; copied
   * @throws org.largevae.api.files.OutputException if a file cannot be written
   */
  void add(float[] row);

  /**
   * Ends.
   *
   * @return all rows
   * @throws org.largevae.api.files.OutputException if a file cannot be written
   */
  StoredRows finish();

  @Override
  void close();

  /** On the heap. */
  static RowStore onHeap(int rows, int dimensions) {
    float[] values = new float[Math.multiplyExact(rows, dimensions)];
    return new RowStore() {
      private int next;

      @Override
      public void add(float[] row) {
        System.arraycopy(row, 0, values, next, dimensions);
        next += dimensions;
      }

      @Override
      public StoredRows finish() {
        return new HeapRows(values, dimensions);
      }

      @Override
      public void close() {
        // nothing is held
      }
    };
  }
}
