package org.largevae.core.preparation;

/** How values become 0 or 1. */
public enum Binarization {
  /** They do not. */
  NONE,
  /** A pixel p becomes 1 with probability p / 255, drawn once. */
  STATIC,
  /** As {@link #STATIC}, but training pixels are drawn anew each epoch. */
  DYNAMIC,
  /** A pixel p becomes 1 if p / 255 is above a threshold, a real value if it is itself. */
  THRESHOLD
}
