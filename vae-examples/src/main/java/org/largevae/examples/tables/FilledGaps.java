package org.largevae.examples.tables;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;

/**
 * How close {@code vae impute} comes to cells that were hidden, beside column means:
 *
 * <pre>
 * FilledGaps wine.csv wine-missing20.csv imputed.png imputed.csv
 * </pre>
 */
public final class FilledGaps {
  private static final List<String> DRAWN = List.of("alcohol", "density", "residual sugar", "pH");

  private FilledGaps() {}

  /**
   * Prints the errors and draws hidden values against those filled in.
   *
   * @param arguments the complete table, the one with empty cells, the picture to write, and the
   *     filled table
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    HiddenCells cells =
        new HiddenCells(
            HiddenCells.rows(Path.of(arguments[0])), HiddenCells.rows(Path.of(arguments[1])));
    List<NamedCsvRecord> filled = HiddenCells.rows(Path.of(arguments[3]));
    ImputationErrors errors = ImputationErrors.of(cells, filled);
    errors.print(System.out);

    List<XYChart> charts = new ArrayList<>();
    for (String column : DRAWN) {
      charts.add(chart(cells, column, filled));
    }
    ExampleCharts.write(charts, 2, Path.of(arguments[2]));
  }

  private static XYChart chart(HiddenCells cells, String column, List<NamedCsvRecord> filled) {
    double[] truth = cells.truth(column);
    double[] values = cells.filled(column, filled);
    XYChart chart = ExampleCharts.chart(column, "hidden value", "filled in", 560, 480);
    chart.getStyler().setLegendVisible(false).setMarkerSize(3);
    ExampleCharts.points(chart, "cells", truth, values, ExampleCharts.BLUE);
    double[] ends = {
      Arrays.stream(truth).min().orElseThrow(), Arrays.stream(truth).max().orElseThrow()
    };
    ExampleCharts.line(chart, "equal", ends, ends, ExampleCharts.VERMILLION);
    double[] mean = {cells.mean(column), cells.mean(column)};
    ExampleCharts.line(chart, "column mean", ends, mean, ExampleCharts.GREY);
    return chart;
  }
}
