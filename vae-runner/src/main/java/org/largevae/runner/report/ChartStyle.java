package org.largevae.runner.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How all charts look. The colours, Okabe and Ito's, suit every kind of colour blindness. */
final class ChartStyle {
  static final Color BLUE = new Color(0x0072B2);
  static final Color VERMILLION = new Color(0xD55E00);
  static final Color SKY_BLUE = new Color(0xC2E1F4);
  static final Color INK = new Color(0x24292F);
  static final Color SOFT_INK = new Color(0x57606A);
  static final Color GREY = new Color(0x808891);

  static final BasicStroke CURVE = stroke(3.6f);
  static final BasicStroke DASHED = stroke(3.2f, 12f, 8f);
  static final BasicStroke DOTTED = stroke(4f, 4f, 7f);

  /** The width of every chart, in pixels. */
  static final int WIDTH = 1840;

  /** The height that an entry of the legend takes where each has a line to itself, in pixels. */
  static final int LEGEND_LINE = 48;

  /** Wide enough for labels such as {@code -1,234.5}, so that panels above each other line up. */
  private static final int Y_AXIS_WIDTH = 160;

  private ChartStyle() {}

  /** An empty chart of {@link #WIDTH} by {@code height} pixels. */
  static XYChart chart(String title, String xTitle, String yTitle, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    XYStyler styler = chart.getStyler();
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartFontColor(INK);
    styler.setChartPadding(24);
    styler.setChartTitleFont(font(Font.BOLD, 32));
    styler.setChartTitlePadding(16);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendFont(font(Font.PLAIN, 26));
    styler.setLegendSeriesLineLength(52);
    styler.setLegendPadding(20);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(new Color(0xE3E6EA));
    styler.setPlotGridLinesStroke(stroke(2f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setAxisTickMarksColor(new Color(0xAFB6BF));
    styler.setAxisTickMarksStroke(stroke(2f));
    styler.setAxisTickLabelsColor(SOFT_INK);
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 26));
    styler.setAxisTitleFont(font(Font.PLAIN, 26));
    styler.setAxisTitlePadding(16);
    styler.setAxisTickPadding(10);
    styler.setXAxisTickMarkSpacingHint(150);
    styler.setYAxisTickMarkSpacingHint(90);
    styler.setYAxisLeftWidthHint(Y_AXIS_WIDTH);
    styler.setMarkerSize(14);
    return chart;
  }

  /** An empty chart over epochs whose vertical axis ends before the outliers. */
  static XYChart epochChart(String title, String yTitle, int height, Outliers outliers) {
    String note = outliers.note();
    XYChart chart = chart(title, note.isEmpty() ? "epoch" : "epoch (" + note + ")", yTitle, height);
    // with an end of ours, XChart chooses round labels where all series have the same epochs
    chart.getStyler().setXAxisMin(0.0).setXAxisDecimalPattern("#,##0");
    if (Double.isFinite(outliers.low())) {
      chart.getStyler().setYAxisMin(outliers.low());
    }
    if (Double.isFinite(outliers.high())) {
      chart.getStyler().setYAxisMax(outliers.high());
    }
    return chart;
  }

  /**
   * Adds a line, drawn without markers; lines added later are drawn over it. A value that is not
   * finite leaves a gap.
   */
  static XYSeries line(
      XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
    // XChart leaves a gap at NaN, but cannot place infinity
    double[] finite =
        Arrays.stream(y).map(value -> Double.isFinite(value) ? value : Double.NaN).toArray();
    XYSeries series = chart.addSeries(name, x, finite);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(stroke);
    return series;
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
