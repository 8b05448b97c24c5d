package org.largevae.core.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.tensor.Tensors;

/**
 * A partition's examples as one array on the device; batches are gathered from it by index.
 *
 * @param values shape (N, D), float32
 * @param resampled whether values are probabilities from which binary examples are drawn anew each
 *     time
 */
public record ResidentExamples(NDArray values, boolean resampled) {

  /**
   * Copies examples to a device.
   *
   * @param manager owns the array; names the device
   * @param examples N x D values
   * @param dimensions D
   * @param resampled whether they are probabilities of binary examples
   * @return the data
   */
  public static ResidentExamples of(
      NDManager manager, float[] examples, int dimensions, boolean resampled) {
    Shape shape = new Shape(examples.length / dimensions, dimensions);
    return new ResidentExamples(
        manager.create(FloatBuffer.wrap(examples), shape, DataType.FLOAT32), resampled);
  }

  /**
   * N, the number of examples.
   *
   * @return at least 1
   */
  public int size() {
    return (int) values.getShape().get(0);
  }

  /**
   * A batch, drawn anew where the data are probabilities.
   *
   * @param rows which examples
   * @return shape (rows, D)
   */
  public NDArray batch(long[] rows) {
    NDArray chosen = Tensors.rows(values, values.getManager().create(rows));
    if (!resampled) {
      return chosen;
    }
    NDArray uniform = values.getManager().randomUniform(0, 1, chosen.getShape());
    return uniform.lt(chosen).toType(DataType.FLOAT32, false);
  }

  /**
   * Examples drawn without replacement, as a start for components.
   *
   * @param manager owns the result
   * @param count how many
   * @param seed of the choice
   * @return shape (count, D)
   * @throws ConfigurationException if there are fewer
   */
  public NDArray draw(NDManager manager, int count, long seed) {
    if (count > size()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%d training examples were asked for as a start, but there are only %d",
              count,
              size()));
    }
    long[] rows = Arrays.copyOf(order(size(), seed), count);
    NDArray chosen = Tensors.rows(values, values.getManager().create(rows));
    return manager.create(
        FloatBuffer.wrap(chosen.toFloatArray()), chosen.getShape(), DataType.FLOAT32);
  }

  /**
   * A random order.
   *
   * @param size how many
   * @param seed of the order
   * @return 0 to size - 1 in that order
   */
  public static long[] order(int size, long seed) {
    long[] rows = new long[size];
    Arrays.setAll(rows, i -> i);
    Random random = new Random(seed);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      long swapped = rows[i];
      rows[i] = rows[j];
      rows[j] = swapped;
    }
    return rows;
  }
}
