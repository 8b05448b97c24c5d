package org.largevae.runner.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How all charts look. Colours are Okabe and Ito's, told apart under every colour blindness. */
final class ChartStyle {

  static final Color BLUE = new Color(0x0072B2);
  static final Color VERMILLION = new Color(0xD55E00);
  static final Color SKY_BLUE = new Color(0xC2E1F4);
  static final Color INK = new Color(0x24292F);
  static final Color SOFT_INK = new Color(0x57606A);
  static final Color GREY = new Color(0x808891);

  static final BasicStroke CURVE = stroke(1.8f);
  static final BasicStroke DASHED = stroke(1.6f, 6f, 4f);
  static final BasicStroke DOTTED = stroke(2f, 2f, 3.5f);

  /** The width of every chart, in units; see {@link ChartSheet#PIXELS_PER_UNIT}. */
  static final int WIDTH = 920;

  /** Space around the content, in units. */
  static final int PADDING = 16;

  private static final Color GRID = new Color(0xE3E6EA);
  private static final Color AXIS = new Color(0xAFB6BF);

  /** Wide enough for labels such as {@code -1,234.5}, so that panels above each other line up. */
  private static final int Y_AXIS_WIDTH = 80;

  private ChartStyle() {}

  /** An empty chart of {@link #WIDTH} by {@code height} units, without title or legend. */
  static XYChart chart(String xTitle, String yTitle, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    XYStyler styler = chart.getStyler();
    styler.setLocale(Locale.ROOT);
    styler.setLegendVisible(false);
    styler.setChartTitleVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartFontColor(INK);
    styler.setChartPadding(PADDING);
    styler.setPlotBorderVisible(false);
    styler.setPlotContentSize(1.0);
    styler.setPlotMargin(0);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(stroke(1f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setAxisTickMarksColor(AXIS);
    styler.setAxisTickLabelsColor(SOFT_INK);
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 13));
    styler.setAxisTitleFont(font(Font.PLAIN, 13));
    styler.setAxisTitlePadding(8);
    styler.setXAxisTitleVisible(!xTitle.isEmpty());
    styler.setYAxisLeftWidthHint(Y_AXIS_WIDTH);
    styler.setMarkerSize(7);
    return chart;
  }

  /** Adds a line, drawn without markers; lines added later are drawn over it. */
  static XYSeries line(
      XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(stroke);
    return series;
  }

  /** Adds a line from the bottom of the chart to its top. */
  static void verticalLine(
      XYChart chart, String name, double x, AxisRange y, Color color, BasicStroke stroke) {
    line(chart, name, new double[] {x, x}, new double[] {y.low(), y.high()}, color, stroke);
  }

  /** Fixes both axes' ends. */
  static void setAxes(XYChart chart, AxisRange x, AxisRange y) {
    chart.getStyler().setXAxisMin(x.low()).setXAxisMax(x.high());
    chart.getStyler().setYAxisMin(y.low()).setYAxisMax(y.high());
  }

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  private static BasicStroke stroke(float width, float... dashes) {
    return dashes.length == 0
        ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, dashes, 0f);
  }
}
