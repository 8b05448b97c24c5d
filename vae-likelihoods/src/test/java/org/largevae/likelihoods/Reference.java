package org.largevae.likelihoods;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A table of float64 reference values; {@code src/test/python/reference_values.py} writes them. */
record Reference(List<String> columns, double[][] rows) {

  static Reference read(String name) {
    try (InputStream in = Reference.class.getResourceAsStream(name)) {
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
      double[][] rows =
          lines.stream()
              .skip(1)
              .map(l -> Arrays.stream(l.split(",")).mapToDouble(Double::parseDouble).toArray())
              .toArray(double[][]::new);
      return new Reference(List.of(lines.get(0).split(",")), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double[] values(String column) {
    int index = columns.indexOf(column);
    return Arrays.stream(rows).mapToDouble(row -> row[index]).toArray();
  }

  /** A column as float32, shape (rows, 1). */
  NDArray array(NDManager manager, String column) {
    float[] values = new float[rows.length];
    double[] column64 = values(column);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) column64[i];
    }
    return manager.create(values, new Shape(values.length, 1));
  }

  /**
   * Compares row by row, and shows the row that is furthest off.
   *
   * @param relative the greatest relative error
   * @param floor an absolute error that is always allowed
   */
  void assertClose(NDArray actual, String column, double relative, double floor) {
    double[] found = actual.toType(DataType.FLOAT64, false).toDoubleArray();
    double[] expected = values(column);
    assertThat(found).hasSameSizeAs(expected);
    double worst = 0;
    int where = 0;
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as("%s of %s", column, Arrays.toString(rows[i])).isFinite();
      double allowed = relative * Math.abs(expected[i]) + floor;
      double used = Math.abs(found[i] - expected[i]) / allowed;
      if (used > worst) {
        worst = used;
        where = i;
      }
    }
    assertThat(worst)
        .as(
            "error of %s over what is allowed, greatest in %s = %s, found %s",
            column, columns, Arrays.toString(rows[where]), found[where])
        .isLessThan(1);
  }
}
