package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;

/** A network's outputs pixel by pixel. Rows are begun one after the other, pixels likewise. */
interface PixelSequence extends AutoCloseable {

  /**
   * Begins a row. Arrays made from here on may be closed after its last pixel.
   *
   * @param row i
   */
  void beginRow(int row);

  /**
   * The outputs for the next pixel, of pixel (i, j), all before which have been put.
   *
   * @param row i
   * @param column j
   * @return shape (n, outputs)
   */
  NDArray outputs(int row, int column);

  /**
   * Takes a pixel that was drawn.
   *
   * @param row i
   * @param column j
   * @param pixel shape (n, C)
   */
  void put(int row, int column, NDArray pixel);

  /** Closes what was kept. */
  @Override
  void close();
}
