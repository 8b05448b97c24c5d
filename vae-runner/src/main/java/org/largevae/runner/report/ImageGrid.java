package org.largevae.runner.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.largevae.api.data.DataShape;

/**
 * Draws examples side by side, each value as a square of whole pixels (nearest neighbour), so that
 * small images can be seen as they are. Like the charts, a grid is drawn twice as large as it is
 * meant to be looked at, to be sharp on fine screens and on paper.
 *
 * <p>A picture is D values in [0, 1], channel by channel, row by row: row r and column c of channel
 * k is at {@code (k * height + r) * width + c}. One channel is grey (0 black), three are red, green
 * and blue. Values outside [0, 1] are clamped; what is not a number is drawn in magenta, which no
 * scale of greys holds. Light lines part the pictures; around them the ground is transparent.
 */
public final class ImageGrid {

  /** The space between two pictures, in pixels. */
  static final int GAP = 4;

  /** The space between two pairs, one above the other, in pixels. */
  static final int PAIR_GAP = 32;

  /** About how long a picture's longer side is drawn, in pixels. */
  private static final int TARGET_SIDE = 192;

  private static final int MAX_COLUMNS = 12;
  private static final int MAX_WIDTH = 2000;

  /** The share of the width that a grid may leave free for its last row to be full. */
  private static final double NARROWEST = 0.7;

  private static final int LABEL_SIZE = 28;
  private static final int LABEL_PADDING = 20;
  private static final Color LINE_COLOR = new Color(0xDDE1E6);
  private static final int NOT_A_NUMBER = 0xFFFF00FF;

  // Reads on white as on black: the ground is transparent.
  private static final Color LABEL_COLOR = new Color(0x7C828B);

  private final DataShape shape;
  private final int scale;

  /**
   * A grid of pictures of one shape, at a scale that makes small pictures visible.
   *
   * @param shape of each picture
   * @throws IllegalArgumentException if data of that shape are no image
   */
  public ImageGrid(DataShape shape) {
    this(shape, Math.max(1, Math.round((float) TARGET_SIDE / longerSide(shape))));
  }

  /**
   * A grid of pictures of one shape.
   *
   * @param shape of each picture
   * @param scale the side in pixels of the square that a value becomes, at least 1
   * @throws IllegalArgumentException if data of that shape are no image, or scale is below 1
   */
  public ImageGrid(DataShape shape, int scale) {
    if (!shape.isImage()) {
      throw new IllegalArgumentException(
          "data of shape " + shape + " are no image: see DataShape.isImage");
    }
    if (scale < 1) {
      throw new IllegalArgumentException("scale is " + scale + ": must be at least 1");
    }
    this.shape = shape;
    this.scale = scale;
  }

  /**
   * Draws pictures from left to right, then down, in a number of columns that fills the rows where
   * it can.
   *
   * @param pictures at least one
   * @return the image, with transparency
   * @throws IllegalArgumentException if there is no picture, or one has not D values
   */
  public BufferedImage draw(List<float[]> pictures) {
    return draw(pictures, columns(pictures.size()));
  }

  /**
   * Draws pictures from left to right, then down.
   *
   * @param pictures at least one
   * @param columns pictures in a row, at least 1
   * @return the image, with transparency
   * @throws IllegalArgumentException if there is no picture, one has not D values, or columns is
   *     below 1
   */
  public BufferedImage draw(List<float[]> pictures, int columns) {
    check(pictures);
    if (columns < 1) {
      throw new IllegalArgumentException("columns is " + columns + ": must be at least 1");
    }
    int rows = ceilDivide(pictures.size(), columns);
    BufferedImage image =
        transparent(extent(columns, tileWidth(), GAP), extent(rows, tileHeight(), GAP));
    for (int index = 0; index < pictures.size(); index++) {
      int x = index % columns * (tileWidth() + GAP);
      int y = index / columns * (tileHeight() + GAP);
      drawLines(image, x, y, index % columns > 0, index >= columns);
      drawPicture(image, pictures.get(index), x, y);
    }
    return image;
  }

  /**
   * Draws each original right above its reconstruction; a wider gap parts one row of pairs from the
   * next, and labels at the left name the rows.
   *
   * @param originals at least one
   * @param reconstructions of {@code originals}, in the same order
   * @return the image, with transparency
   * @throws IllegalArgumentException if there is no picture, one has not D values, or the lists
   *     differ in length
   */
  public BufferedImage drawPairs(List<float[]> originals, List<float[]> reconstructions) {
    check(originals);
    check(reconstructions);
    if (originals.size() != reconstructions.size()) {
      throw new IllegalArgumentException(
          originals.size() + " originals but " + reconstructions.size() + " reconstructions");
    }
    int columns = columns(originals.size());
    int bands = ceilDivide(originals.size(), columns);
    int bandHeight = 2 * tileHeight() + GAP;
    int gutter = gutterWidth();
    BufferedImage image =
        transparent(
            gutter + extent(columns, tileWidth(), GAP), extent(bands, bandHeight, PAIR_GAP));
    for (int index = 0; index < originals.size(); index++) {
      int x = gutter + index % columns * (tileWidth() + GAP);
      int y = index / columns * (bandHeight + PAIR_GAP);
      drawLines(image, x, y, index % columns > 0, false);
      drawLines(image, x, y + tileHeight() + GAP, index % columns > 0, true);
      drawPicture(image, originals.get(index), x, y);
      drawPicture(image, reconstructions.get(index), x, y + tileHeight() + GAP);
    }
    for (int band = 0; band < bands; band++) {
      int y = band * (bandHeight + PAIR_GAP);
      drawLabel(image, "original", gutter, y);
      drawLabel(image, "reconstruction", gutter, y + tileHeight() + GAP);
    }
    return image;
  }

  /** Where the pictures of {@link #drawPairs} start, in pixels from the left. */
  int gutterWidth() {
    return labelMetrics(transparent(1, 1)).stringWidth("reconstruction") + LABEL_PADDING;
  }

  /** Columns for so many pictures: a readable width, and the last row as full as can be. */
  int columns(int count) {
    int widest = Math.max(1, Math.min(MAX_COLUMNS, (MAX_WIDTH + GAP) / (tileWidth() + GAP)));
    if (count <= widest) {
      return Math.max(1, count);
    }
    int best = widest;
    for (int columns = widest; columns >= widest * NARROWEST; columns--) {
      if (missing(count, columns) < missing(count, best)) {
        best = columns;
      }
    }
    return best;
  }

  private static int missing(int count, int columns) {
    return ceilDivide(count, columns) * columns - count;
  }

  int tileWidth() {
    return shape.width() * scale;
  }

  int tileHeight() {
    return shape.height() * scale;
  }

  private void check(List<float[]> pictures) {
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("there is no picture to draw");
    }
    for (int index = 0; index < pictures.size(); index++) {
      int length = pictures.get(index).length;
      if (length != shape.dimensions()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "picture %d has %d values, but shape %s has %d",
                index,
                length,
                shape,
                shape.dimensions()));
      }
    }
  }

  /** Draws the lines that part a picture from the one at its left and the one above. */
  private void drawLines(BufferedImage image, int x, int y, boolean left, boolean above) {
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(LINE_COLOR);
      int startX = left ? x - GAP : x;
      int startY = above ? y - GAP : y;
      graphics.fillRect(startX, startY, x - startX + tileWidth(), y - startY + tileHeight());
    } finally {
      graphics.dispose();
    }
  }

  private void drawPicture(BufferedImage image, float[] picture, int left, int top) {
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        int color = color(picture, row, column);
        for (int y = 0; y < scale; y++) {
          for (int x = 0; x < scale; x++) {
            image.setRGB(left + column * scale + x, top + row * scale + y, color);
          }
        }
      }
    }
  }

  private int color(float[] picture, int row, int column) {
    int argb = 0xFF;
    for (int component = 0; component < 3; component++) {
      int channel = shape.channels() == 1 ? 0 : component;
      float value = picture[(channel * shape.height() + row) * shape.width() + column];
      if (Float.isNaN(value)) {
        return NOT_A_NUMBER;
      }
      argb = argb << 8 | Math.round(Math.max(0f, Math.min(1f, value)) * 255f);
    }
    return argb;
  }

  private void drawLabel(BufferedImage image, String label, int gutter, int top) {
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setFont(labelFont());
      graphics.setColor(LABEL_COLOR);
      FontMetrics metrics = graphics.getFontMetrics();
      int x = gutter - LABEL_PADDING - metrics.stringWidth(label);
      int y = top + (tileHeight() + metrics.getAscent() - metrics.getDescent()) / 2;
      graphics.drawString(label, x, y);
    } finally {
      graphics.dispose();
    }
  }

  private static FontMetrics labelMetrics(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    try {
      return graphics.getFontMetrics(labelFont());
    } finally {
      graphics.dispose();
    }
  }

  private static Font labelFont() {
    return new Font(Font.SANS_SERIF, Font.PLAIN, LABEL_SIZE);
  }

  private static BufferedImage transparent(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
  }

  private static int extent(int count, int size, int gap) {
    return count * size + (count - 1) * gap;
  }

  private static int ceilDivide(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static int longerSide(DataShape shape) {
    return Math.max(shape.height(), shape.width());
  }
}
