package org.largevae.datasets;

import org.largevae.api.data.DataShape;

/**
 * Where a published array has its pictures: how far apart neighbours along each axis are in it.
 *
 * @param shape of a picture
 * @param example from a picture to the next
 * @param channel from a channel of a pixel to the next
 * @param row from a pixel to the one below
 * @param column from a pixel to the one on its right
 */
record PictureOrder(DataShape shape, int example, int channel, int row, int column) {

  /**
   * Copies pictures into the order of a dataset: picture, channel, row, column.
   *
   * @param source in the order of this
   * @param from the place of the first value in it
   * @param count of the pictures
   * @param target a dataset's pixels
   * @param picture the place of the first picture in it, counted in pictures
   */
  void copy(byte[] source, int from, int count, byte[] target, int picture) {
    int at = picture * shape.dimensions();
    for (int n = 0; n < count; n++) {
      for (int c = 0; c < shape.channels(); c++) {
        for (int h = 0; h < shape.height(); h++) {
          int line = from + n * example + c * channel + h * row;
          for (int w = 0; w < shape.width(); w++) {
            target[at++] = source[line + w * column];
          }
        }
      }
    }
  }
}
