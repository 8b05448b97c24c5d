package org.largevae.core;

/** How pictures become binary values. */
final class PictureScale {
  /**
   * What a pixel divided by 255 must be above to become 1, unless the data were prepared otherwise.
   */
  static final double HALF = 0.5;

  private PictureScale() {}
}
