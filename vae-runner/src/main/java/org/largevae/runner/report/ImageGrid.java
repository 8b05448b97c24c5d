package org.largevae.runner.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.largevae.api.data.DataShape;

/**
 * Draws examples side by side, each value as a square of whole pixels (nearest neighbour), so that
 * small images can be seen as they are. Like the charts, a grid is drawn twice as large as it is
 * meant to be looked at, to be sharp on fine screens and on paper.
 *
 * <p>A picture is D values, channel by channel, row by row: row r and column c of channel k is at
 * {@code (k * height + r) * width + c}. One channel is grey, from black to white over a range that
 * is [0, 1] unless another is given, three are red, green and blue. Values outside the range are
 * clamped; what is not a number is drawn in magenta, which no scale of greys holds. Light lines
 * separate the pictures; the background is transparent.
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

  private static final Font LABEL_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 28);
  private static final int LABEL_PADDING = 20;
  private static final Color LINE_COLOR = new Color(0xDDE1E6);
  private static final int NOT_A_NUMBER = 0xFFFF00FF;

  // Reads on white as on black: the ground is transparent.
  private static final Color LABEL_COLOR = new Color(0x7C828B);

  private final DataShape shape;
  private final int scale;
  private final PictureRange range;

  /**
   * A grid of pictures of one shape with values in [0, 1], at a scale that makes small pictures
   * visible.
   *
   * @param shape of each picture
   * @throws IllegalArgumentException if data of that shape are not images
   */
  public ImageGrid(DataShape shape) {
    this(shape, PictureRange.UNIT);
  }

  /**
   * A grid of pictures of one shape, at a scale that makes small pictures visible.
   *
   * @param shape of each picture
   * @param range which values are black and white
   * @throws IllegalArgumentException if data of that shape are not images
   */
  public ImageGrid(DataShape shape, PictureRange range) {
    this(
        shape,
        Math.max(1, Math.round((float) TARGET_SIDE / Math.max(shape.height(), shape.width()))),
        range);
  }

  /**
   * A grid of pictures of one shape with values in [0, 1].
   *
   * @param shape of each picture
   * @param scale the side in pixels of the square that a value becomes, at least 1
   * @throws IllegalArgumentException if data of that shape are not images, or scale is below 1
   */
  public ImageGrid(DataShape shape, int scale) {
    this(shape, scale, PictureRange.UNIT);
  }

  private ImageGrid(DataShape shape, int scale, PictureRange range) {
    if (!shape.isImage()) {
      throw new IllegalArgumentException(
          "data of shape " + shape + " are no image: see DataShape.isImage");
    }
    if (scale < 1) {
      throw new IllegalArgumentException("scale is " + scale + ": must be at least 1");
    }
    this.shape = shape;
    this.scale = scale;
    this.range = range;
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

  BufferedImage draw(List<float[]> pictures, int columns) {
    check(pictures);
    if (columns < 1) {
      throw new IllegalArgumentException("columns is " + columns + ": must be at least 1");
    }
    return draw(List.of(pictures), columns, GAP, List.of());
  }

  /**
   * Draws each original right above its reconstruction; a wider gap separates one row of pairs from
   * the next, and labels at the left name the rows.
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
    List<String> labels = List.of("original", "reconstruction");
    return draw(List.of(originals, reconstructions), columns(originals.size()), PAIR_GAP, labels);
  }

  /** Draws bands below each other, each with one row of every list. */
  private BufferedImage draw(
      List<List<float[]>> lists, int columns, int bandGap, List<String> labels) {
    int stepX = tileWidth() + GAP;
    int stepY = tileHeight() + GAP;
    int bandStep = lists.size() * stepY - GAP + bandGap;
    int bands = ceilDivide(lists.get(0).size(), columns);
    int gutter = labels.isEmpty() ? 0 : gutterWidth();
    BufferedImage image =
        new BufferedImage(
            gutter + columns * stepX - GAP,
            bands * bandStep - bandGap,
            BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    try {
      for (int list = 0; list < lists.size(); list++) {
        for (int index = 0; index < lists.get(list).size(); index++) {
          int band = index / columns;
          int x = gutter + index % columns * stepX;
          int y = band * bandStep + list * stepY;
          // light lines at the left and above, unless that is the edge or a wider gap
          int left = index % columns > 0 ? GAP : 0;
          int above = list > 0 || (band > 0 && bandGap == GAP) ? GAP : 0;
          graphics.setColor(LINE_COLOR);
          graphics.fillRect(x - left, y - above, left + tileWidth(), above + tileHeight());
          graphics.drawImage(
              picture(lists.get(list).get(index)), x, y, tileWidth(), tileHeight(), null);
        }
      }
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setFont(LABEL_FONT);
      graphics.setColor(LABEL_COLOR);
      FontMetrics metrics = graphics.getFontMetrics();
      int middle = (tileHeight() + metrics.getAscent() - metrics.getDescent()) / 2;
      for (int row = 0; row < bands * labels.size(); row++) {
        String label = labels.get(row % labels.size());
        int y = row / labels.size() * bandStep + row % labels.size() * stepY + middle;
        graphics.drawString(label, gutter - LABEL_PADDING - metrics.stringWidth(label), y);
      }
      return image;
    } finally {
      graphics.dispose();
    }
  }

  /** One pixel a value. */
  private BufferedImage picture(float[] values) {
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_ARGB);
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        picture.setRGB(column, row, color(values, row, column));
      }
    }
    return picture;
  }

  private int color(float[] picture, int row, int column) {
    int argb = 0xFF;
    for (int component = 0; component < 3; component++) {
      int channel = shape.channels() == 1 ? 0 : component;
      float value = picture[(channel * shape.height() + row) * shape.width() + column];
      if (Float.isNaN(value)) {
        return NOT_A_NUMBER;
      }
      argb = argb << 8 | Math.round(range.intensity(value) * 255f);
    }
    return argb;
  }

  /** Where the pictures of {@link #drawPairs} start, in pixels from the left. */
  int gutterWidth() {
    FontRenderContext context = new FontRenderContext(null, true, false);
    double width = LABEL_FONT.getStringBounds("reconstruction", context).getWidth();
    return (int) Math.ceil(width) + LABEL_PADDING;
  }

  /** Columns for {@code count} pictures: a readable width, and the last row as full as possible. */
  int columns(int count) {
    int widest = Math.max(1, Math.min(MAX_COLUMNS, (MAX_WIDTH + GAP) / (tileWidth() + GAP)));
    int best = Math.max(1, Math.min(count, widest));
    for (int columns = best; count > widest && columns >= widest * NARROWEST; columns--) {
      best = missing(count, columns) < missing(count, best) ? columns : best;
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

  private static int ceilDivide(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
