package org.largevae.runner.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;

/**
 * A chart of one panel or of several, one below the other.
 *
 * @param panels all of one size
 * @param note what the axes leave out, one clause without a full stop; empty if they show all
 */
record Chart(List<XYChart> panels, String note) {

  /** Charts are drawn at twice their size, to be sharp on fine screens and on paper. */
  static final int PIXELS_PER_UNIT = 2;

  /**
   * Draws the chart.
   *
   * @return the content of a PNG file
   * @throws IOException if it cannot be encoded
   */
  byte[] png() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    BitmapEncoder.saveBitmap(panels, panels.size(), 1, png, BitmapFormat.PNG);
    return png.toByteArray();
  }

  /** Its height in pixels; its width is {@link ChartStyle#WIDTH}. */
  int height() {
    return panels.stream().mapToInt(XYChart::getHeight).sum();
  }
}
