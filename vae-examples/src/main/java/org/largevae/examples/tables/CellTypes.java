package org.largevae.examples.tables;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/**
 * How well latents that {@code vae encode} wrote tell the cells' types, which the model did not
 * see:
 *
 * <pre>
 * CellTypes latents.csv latents.png
 * </pre>
 */
public final class CellTypes {
  static final int NEIGHBOURS = 15;

  private static final List<Color> COLORS =
      IntStream.of(
              0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x24292F, 0xB8A800,
              0x808891, 0x7B3294)
          .mapToObj(Color::new)
          .toList();

  private CellTypes() {}

  /**
   * Prints the accuracy of nearest neighbours and draws the latents.
   *
   * @param arguments the latents, and the picture to write
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    LabelledLatents cells = LabelledLatents.read(Path.of(arguments[0]));
    System.out.printf(
        Locale.ROOT,
        "%d cells, %d latents: accuracy of %d nearest neighbours, leave one out: %.4f%n",
        cells.labels().size(),
        cells.latents()[0].length,
        NEIGHBOURS,
        cells.neighbourAccuracy(NEIGHBOURS));

    double[][] plane = PrincipalPlane.project(cells.latents());
    XYChart chart =
        ExampleCharts.chart(
            "Latents of blood cells", "first principal direction", "second principal direction");
    chart.getStyler().setMarkerSize(6);
    int color = 0;
    for (String type : new TreeSet<>(cells.labels())) {
      double[] x = of(type, cells.labels(), plane[0]);
      double[] y = of(type, cells.labels(), plane[1]);
      ExampleCharts.points(chart, type, x, y, COLORS.get(color % COLORS.size()));
      color++;
    }
    ExampleCharts.write(chart, Path.of(arguments[1]));
  }

  private static double[] of(String type, List<String> types, double[] values) {
    return IntStream.range(0, values.length)
        .filter(i -> types.get(i).equals(type))
        .mapToDouble(i -> values[i])
        .toArray();
  }
}
