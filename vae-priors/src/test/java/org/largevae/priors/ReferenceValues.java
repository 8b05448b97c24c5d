package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Log-densities that {@code src/test/python/reference_values.py} computed, and the same means,
 * variances and latents that it drew.
 */
final class ReferenceValues {
  static final int ROWS = 8;
  private static final String FILE = "reference-values.csv";

  private ReferenceValues() {}

  /** One prior; {@code variances} is unit, narrow or mixed. */
  record Case(String prior, String variances, int components, int latentSize, int seed) {

    private static Case parse(String[] columns) {
      return new Case(
          columns[0],
          columns[1],
          Integer.parseInt(columns[2]),
          Integer.parseInt(columns[3]),
          Integer.parseInt(columns[4]));
    }

    /** Draws in the order of the script. */
    Arrays draw(NDManager manager) {
      Uniform uniform = new Uniform(seed);
      boolean standard = prior.equals("standard");
      float[][] means = new float[components][latentSize];
      float[][] logVariances = new float[components][latentSize];
      if (!standard) {
        fill(means, () -> 8 * uniform.next() - 4);
        boolean narrow = variances.equals("narrow");
        fill(logVariances, () -> narrow ? -6 : 8 * uniform.next() - 6);
      }
      float[][] latents = new float[ROWS][latentSize];
      for (int n = 0; n < ROWS; n++) {
        if (n % 2 == 0) {
          float[] mean = means[(int) (uniform.next() * components)];
          for (int m = 0; m < latentSize; m++) {
            latents[n][m] = (float) (mean[m] + (uniform.next() - 0.5) / 8);
          }
        } else {
          for (int m = 0; m < latentSize; m++) {
            latents[n][m] = (float) (8 * uniform.next() - 4);
          }
        }
      }
      return new Arrays(
          manager.create(means), manager.create(logVariances), manager.create(latents));
    }

    private static void fill(float[][] matrix, DoubleSupplier draw) {
      for (float[] row : matrix) {
        for (int i = 0; i < row.length; i++) {
          row[i] = (float) draw.getAsDouble();
        }
      }
    }
  }

  /** Shapes (K, M), (K, M) and (8, M). */
  record Arrays(NDArray means, NDArray logVariances, NDArray latents) {}

  /** The eight log-densities of every case of a prior. */
  static Map<Case, double[]> of(String prior) {
    Map<Case, double[]> values = new LinkedHashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                ReferenceValues.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
      reader.readLine(); // the header
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] columns = line.split(",");
        if (columns[0].equals(prior)) {
          values
                  .computeIfAbsent(Case.parse(columns), c -> new double[ROWS])[
                  Integer.parseInt(columns[5])] =
              Double.parseDouble(columns[6]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  /** A linear congruential generator: multiples of 2^-24 in [0, 1). */
  private static final class Uniform {
    private int state;

    Uniform(int seed) {
      this.state = seed;
    }

    double next() {
      state = 1664525 * state + 1013904223;
      return (state >>> 8) * 0x1p-24;
    }
  }
}
