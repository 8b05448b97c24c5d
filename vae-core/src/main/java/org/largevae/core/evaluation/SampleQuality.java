package org.largevae.core.evaluation;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.largevae.core.results.Fidelity;

/**
 * Compares drawn examples with real ones by their nearest neighbours in the space of examples, with
 * Euclidean distances: no other network decides what is alike.
 */
public final class SampleQuality {

  private SampleQuality() {}

  /**
   * Precision, recall, density and coverage.
   *
   * @param real shape (N, D), all known, in comparable units
   * @param drawn shape (N, D)
   * @param neighbours k, at least 1 and below N
   * @return the four figures
   * @throws IllegalArgumentException if there are too few examples, or the sets differ in size
   */
  public static Fidelity compare(float[][] real, float[][] drawn, int neighbours) {
    int count = real.length;
    if (neighbours < 1 || count <= neighbours || drawn.length != count) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d real and %d drawn examples cannot be compared by %d neighbours: both sets need"
                  + " the same size, above that number",
              count,
              drawn.length,
              neighbours));
    }
    double[][] between;
    double[] realRadii;
    double[] drawnRadii;
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        NDScope scope = new NDScope()) {
      NDArray realArray = array(manager, real);
      NDArray drawnArray = array(manager, drawn);
      between = squaredDistances(realArray, drawnArray);
      realRadii = radii(squaredDistances(realArray, realArray), neighbours);
      drawnRadii = radii(squaredDistances(drawnArray, drawnArray), neighbours);
    }
    return counted(between, realRadii, drawnRadii, neighbours);
  }

  private static Fidelity counted(
      double[][] between, double[] realRadii, double[] drawnRadii, int neighbours) {
    int count = between.length;
    boolean[] precise = new boolean[count];
    int recalled = 0;
    int covered = 0;
    long inside = 0;
    for (int i = 0; i < count; i++) {
      boolean holds = false;
      boolean isHeld = false;
      for (int j = 0; j < count; j++) {
        if (between[i][j] <= realRadii[i]) {
          holds = true;
          precise[j] = true;
          inside++;
        }
        isHeld |= between[i][j] <= drawnRadii[j];
      }
      covered += holds ? 1 : 0;
      recalled += isHeld ? 1 : 0;
    }
    int inReal = 0;
    for (boolean each : precise) {
      inReal += each ? 1 : 0;
    }
    double n = count;
    return new Fidelity(inReal / n, recalled / n, inside / (neighbours * n), covered / n);
  }

  /** In float64, where the expansion of the square is exact enough. */
  private static double[][] squaredDistances(NDArray a, NDArray b) {
    NDArray squares = a.square().sum(new int[] {1}, true);
    NDArray others = b.square().sum(new int[] {1}).expandDims(0);
    NDArray products = a.matMul(b.transpose());
    double[] flat = squares.add(others).sub(products.add(products)).toDoubleArray();
    int columns = Math.toIntExact(b.getShape().get(0));
    double[][] rows = new double[flat.length / columns][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * columns, (i + 1) * columns));
    return rows;
  }

  /** To the k-th neighbour of each, itself not counted. */
  private static double[] radii(double[][] distances, int neighbours) {
    double[] radii = new double[distances.length];
    for (int i = 0; i < radii.length; i++) {
      double[] row = distances[i].clone();
      row[i] = Double.NEGATIVE_INFINITY;
      Arrays.sort(row);
      radii[i] = row[neighbours];
    }
    return radii;
  }

  private static NDArray array(NDManager manager, float[][] rows) {
    int size = rows[0].length;
    double[] flat = new double[Math.multiplyExact(rows.length, size)];
    for (int i = 0; i < rows.length; i++) {
      for (int d = 0; d < size; d++) {
        flat[i * size + d] = rows[i][d];
      }
    }
    return manager.create(DoubleBuffer.wrap(flat), new Shape(rows.length, size), DataType.FLOAT64);
  }
}
