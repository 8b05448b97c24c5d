package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The networks by the book: one loop for each linear map, in double precision, from the same
 * parameters. It splits the fused parameters itself: h above g, head above head.
 */
final class PlainNetwork {
  private final Block block;
  private final int layers;

  PlainNetwork(Block block, int layers) {
    this.block = block;
    this.layers = layers;
  }

  /** One head's output for one input. */
  double[] head(double[] input, int head, int outputs) {
    return head(List.of(input), head, outputs);
  }

  /** The same where each of several inputs has a first layer of its own. */
  double[] head(List<double[]> inputs, int head, int outputs) {
    double[] x = {};
    for (int input = 1; input <= inputs.size(); input++) {
      double[] y =
          gatedDense(inputs.get(input - 1), String.format(Locale.ROOT, "%02dgated_", input));
      int before = x.length;
      x = Arrays.copyOf(x, before + y.length);
      System.arraycopy(y, 0, x, before, y.length);
    }
    for (int layer = inputs.size() + 1; layer <= layers; layer++) {
      x = gatedDense(x, String.format(Locale.ROOT, "%02dgated_", layer));
    }
    return linear(x, "heads_", head * outputs, outputs);
  }

  private double[] gatedDense(double[] x, String name) {
    int units = (int) parameter(name + "bias").getArray().size() / 2;
    double[] h = linear(x, name, 0, units);
    double[] g = linear(x, name, units, units);
    double[] y = new double[units];
    for (int i = 0; i < units; i++) {
      y[i] = h[i] / (1 + Math.exp(-g[i]));
    }
    return y;
  }

  /** The rows of W x + b from {@code first} on. */
  private double[] linear(double[] x, String name, int first, int count) {
    double[] weight = doubles(parameter(name + "weight").getArray());
    double[] bias = doubles(parameter(name + "bias").getArray());
    double[] y = new double[count];
    for (int i = 0; i < count; i++) {
      y[i] = bias[first + i];
      for (int j = 0; j < x.length; j++) {
        y[i] += weight[(first + i) * x.length + j] * x[j];
      }
    }
    return y;
  }

  private Parameter parameter(String name) {
    return block.getParameters().get(name);
  }

  static double[][] rows(NDArray array) {
    double[] flat = doubles(array);
    int width = flat.length / (int) array.getShape().get(0);
    double[][] rows = new double[flat.length / width][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return rows;
  }

  static double[] doubles(NDArray array) {
    return array.toType(DataType.FLOAT64, false).toDoubleArray();
  }
}
