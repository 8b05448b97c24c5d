package org.largevae.datasets.format;

import java.util.Arrays;

/**
 * Changes one axis's length from {@code source} to {@code target} with the triangle filter, widened
 * by the factor of reduction: bilinear interpolation when enlarging, a weighted average of every
 * value nearby when reducing, so that nothing is skipped and nothing rings. Samples stand in the
 * middle of their cells; the weights of each target value sum to 1. An equal length changes
 * nothing. This is what Pillow calls bilinear resampling.
 */
final class Resampler {
  private final int[] first;
  private final float[][] weights;

  Resampler(int source, int target) {
    first = new int[target];
    weights = new float[target][];
    double scale = (double) source / target;
    double support = Math.max(scale, 1);
    for (int i = 0; i < target; i++) {
      double center = (i + 0.5) * scale;
      int from = Math.max(0, (int) Math.floor(center - support + 0.5));
      int to = Math.min(source, (int) Math.floor(center + support + 0.5));
      first[i] = from;
      weights[i] = weights(from, to, center, support);
    }
  }

  private static float[] weights(int from, int to, double center, double support) {
    double[] raw = new double[to - from];
    for (int j = 0; j < raw.length; j++) {
      raw[j] = Math.max(0, 1 - Math.abs(from + j + 0.5 - center) / support);
    }
    double sum = Arrays.stream(raw).sum();
    float[] normalized = new float[raw.length];
    for (int j = 0; j < raw.length; j++) {
      normalized[j] = (float) (raw[j] / sum);
    }
    return normalized;
  }

  /**
   * Resizes a plane.
   *
   * @param plane height x width values, row by row
   * @param width its columns
   * @param columns resamples rows, from width
   * @param rows resamples columns, from height
   * @return the new plane, row by row
   */
  static float[] resize(byte[] plane, int width, Resampler columns, Resampler rows) {
    int newWidth = columns.first.length;
    float[] narrowed = new float[plane.length / width * newWidth];
    for (int row = 0; row < plane.length / width; row++) {
      for (int i = 0; i < newWidth; i++) {
        narrowed[row * newWidth + i] = columns.at(plane, row * width, i);
      }
    }
    float[] result = new float[rows.first.length * newWidth];
    for (int i = 0; i < rows.first.length; i++) {
      for (int j = 0; j < rows.weights[i].length; j++) {
        float weight = rows.weights[i][j];
        int from = (rows.first[i] + j) * newWidth;
        for (int column = 0; column < newWidth; column++) {
          result[i * newWidth + column] += weight * narrowed[from + column];
        }
      }
    }
    return result;
  }

  private float at(byte[] plane, int offset, int target) {
    float sum = 0;
    for (int j = 0; j < weights[target].length; j++) {
      sum += weights[target][j] * (plane[offset + first[target] + j] & 0xff);
    }
    return sum;
  }
}
