package org.largevae.runner.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;

/**
 * Charts one below the other, each under its heading, with one legend for all. XChart's own titles
 * are centred and have no second line, and its legends run into each other.
 *
 * @param panels from top to bottom
 * @param legend from left to right
 */
record ChartSheet(List<Panel> panels, List<Entry> legend) {

  /** Charts are drawn at twice their size, to be sharp on fine screens and on paper. */
  static final int PIXELS_PER_UNIT = 2;

  private static final int TITLE_HEIGHT = 36;
  private static final int NOTE_HEIGHT = 20;
  private static final int LEGEND_ROW = 24;
  private static final int LEGEND_MARGIN = 12;
  private static final int LEGEND_LINE = 26;
  private static final int LEGEND_GAP = 28;

  /**
   * A chart under its heading.
   *
   * @param title a few words
   * @param note what the axes leave out; empty if they show all
   * @param chart the chart
   */
  record Panel(String title, String note, XYChart chart) {

    int headingHeight() {
      return TITLE_HEIGHT + (note.isEmpty() ? 0 : NOTE_HEIGHT);
    }

    int height() {
      return headingHeight() + chart.getHeight();
    }
  }

  /**
   * An entry of the legend.
   *
   * @param text what the line stands for
   * @param color the line's colour
   * @param stroke the line's stroke
   */
  record Entry(String text, Color color, BasicStroke stroke) {}

  /** Draws the sheet on white. */
  BufferedImage draw() {
    List<List<Entry>> rows = legendRows();
    int legendHeight = LEGEND_MARGIN + LEGEND_ROW * Math.max(1, rows.size());
    int height = panels.stream().mapToInt(Panel::height).sum() + legendHeight;
    BufferedImage image =
        new BufferedImage(
            ChartStyle.WIDTH * PIXELS_PER_UNIT,
            height * PIXELS_PER_UNIT,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
      for (Panel panel : panels) {
        drawPanel(graphics, panel);
      }
      drawLegend(graphics, rows);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static void drawPanel(Graphics2D graphics, Panel panel) {
    graphics.setColor(ChartStyle.INK);
    graphics.setFont(ChartStyle.font(Font.BOLD, 16));
    graphics.drawString(panel.title(), ChartStyle.PADDING, TITLE_HEIGHT - 6);
    if (!panel.note().isEmpty()) {
      graphics.setColor(ChartStyle.SOFT_INK);
      graphics.setFont(ChartStyle.font(Font.PLAIN, 13));
      graphics.drawString(panel.note(), ChartStyle.PADDING, TITLE_HEIGHT + NOTE_HEIGHT - 6);
    }
    graphics.translate(0, panel.headingHeight());
    // XChart paints its ground over the whole chart and leaves colours and strokes changed.
    panel.chart().paint(graphics, ChartStyle.WIDTH, panel.chart().getHeight());
    graphics.translate(0, panel.chart().getHeight());
  }

  /** As many entries in a row as there is room for. */
  private List<List<Entry>> legendRows() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      graphics.setFont(ChartStyle.font(Font.PLAIN, 13));
      List<List<Entry>> rows = new ArrayList<>();
      int x = ChartStyle.WIDTH;
      for (Entry entry : legend) {
        int width = LEGEND_LINE + 8 + graphics.getFontMetrics().stringWidth(entry.text());
        if (x + width > ChartStyle.WIDTH - ChartStyle.PADDING) {
          rows.add(new ArrayList<>());
          x = ChartStyle.PADDING;
        }
        rows.get(rows.size() - 1).add(entry);
        x += width + LEGEND_GAP;
      }
      return rows;
    } finally {
      graphics.dispose();
    }
  }

  private static void drawLegend(Graphics2D graphics, List<List<Entry>> rows) {
    graphics.setFont(ChartStyle.font(Font.PLAIN, 13));
    int baseline = 10;
    for (List<Entry> row : rows) {
      int x = ChartStyle.PADDING;
      for (Entry entry : row) {
        graphics.setColor(entry.color());
        graphics.setStroke(entry.stroke());
        graphics.drawLine(x, baseline - 4, x + LEGEND_LINE, baseline - 4);
        x += LEGEND_LINE + 8;
        graphics.setColor(ChartStyle.INK);
        graphics.drawString(entry.text(), x, baseline);
        x += graphics.getFontMetrics().stringWidth(entry.text()) + LEGEND_GAP;
      }
      baseline += LEGEND_ROW;
    }
  }
}
