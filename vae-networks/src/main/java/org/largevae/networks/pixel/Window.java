package org.largevae.networks.pixel;

/**
 * Which pixels a convolution sees from pixel (i, j): entry (a, b) of its kernel stands for (i - top
 * + a, j - left + b).
 *
 * @param rows of the kernel
 * @param columns of the kernel
 * @param top how far above the pixel the kernel begins, at least (rows - 1) / 2
 * @param left how far to the left of it, at least (columns - 1) / 2
 */
record Window(int rows, int columns, int top, int left) {

  /** Whether an entry of the kernel stands for a pixel that comes before (i, j) in raster order. */
  boolean isEarlier(int a, int b) {
    return a < top || (a == top && b < left);
  }

  /** Whether an entry of the kernel stands for (i, j). */
  boolean isCentre(int a, int b) {
    return a == top && b == left;
  }
}
