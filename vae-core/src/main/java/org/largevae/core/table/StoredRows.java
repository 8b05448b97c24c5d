package org.largevae.core.table;

/** Rows of D values, on the heap or in a file. */
public interface StoredRows {

  /**
   * A value.
   *
   * @param row from 0
   * @param column from 0 to D - 1
   * @return NaN where there is none
   */
  float value(int row, int column);

  /**
   * Copies a row.
   *
   * @param row from 0
   * @param target gets D values, NaN where there is none
   * @param offset of the first
   */
  void copy(int row, float[] target, int offset);

  /**
   * Whether only parts of the values are meant to be in memory in single precision: they are in a
   * file, or are pictures kept as bytes.
   *
   * @return false where all are
   */
  boolean isMapped();
}
