package org.largevae.core.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.preparation.Examples;

/**
 * A partition's examples as arrays on the device; batches are gathered from them by index.
 *
 * @param values shape (N, D), float32
 * @param observed 1 where a value is known, 0 where it is missing, shape (N, D), float32; empty if
 *     all are known
 * @param labels shape (N), float32; empty for data without
 * @param resampled whether values are probabilities from which binary examples are drawn anew each
 *     time
 */
public record ResidentExamples(
    NDArray values, Optional<NDArray> observed, Optional<NDArray> labels, boolean resampled)
    implements BatchedExamples {

  /**
   * Examples all of whose values are known, without labels.
   *
   * @param values shape (N, D), float32
   */
  public ResidentExamples(NDArray values) {
    this(values, Optional.empty(), Optional.empty(), false);
  }

  /**
   * Copies examples to a device, whose values a model sees as they are.
   *
   * @param manager owns the arrays; names the device
   * @param examples the examples
   * @param resampled whether they are probabilities of binary examples
   * @return the data
   */
  public static ResidentExamples of(NDManager manager, Examples examples, boolean resampled) {
    return of(manager, examples, examples.values(), examples.observed(), resampled);
  }

  /**
   * Copies examples to a device, scaled as a model sees them.
   *
   * @param manager owns the arrays; names the device
   * @param examples the examples, in the data's own units
   * @param data what they are made of
   * @param resampled whether they are probabilities of binary examples
   * @return the data
   */
  public static ResidentExamples of(
      NDManager manager, Examples examples, DataDescription data, boolean resampled) {
    Optional<float[]> observed = examples.observed();
    float[] values = scaled(examples.values(), observed, data);
    return of(manager, examples, values, observed, resampled);
  }

  private static float[] scaled(float[] values, Optional<float[]> observed, DataDescription data) {
    if (!data.isScaled()) {
      return values;
    }
    float[] scaled = Scales.of(data).toModel(values);
    for (int i = 0; observed.isPresent() && i < scaled.length; i++) {
      if (observed.get()[i] == 0) {
        scaled[i] = data.kind(i % data.dimensions()).filler();
      }
    }
    return scaled;
  }

  private static ResidentExamples of(
      NDManager manager,
      Examples examples,
      float[] values,
      Optional<float[]> observed,
      boolean resampled) {
    Shape shape = new Shape(examples.size(), examples.dimensions());
    return new ResidentExamples(
        array(manager, values, shape),
        observed.map(mask -> array(manager, mask, shape)),
        examples.labels().map(labels -> array(manager, labels, new Shape(labels.length))),
        resampled);
  }

  private static NDArray array(NDManager manager, float[] values, Shape shape) {
    return manager.create(FloatBuffer.wrap(values), shape, DataType.FLOAT32);
  }

  @Override
  public long size() {
    return values.getShape().get(0);
  }

  @Override
  public NDArray rows(NDArray places) {
    NDArray chosen = Tensors.rows(values, places);
    if (!resampled) {
      return chosen;
    }
    NDArray uniform = values.getManager().randomUniform(0, 1, chosen.getShape());
    return uniform.lt(chosen).toType(DataType.FLOAT32, false);
  }

  @Override
  public Batch exemplars(NDArray places) {
    return new ExampleBatch(
        Tensors.rows(values, places),
        Optional.empty(),
        Optional.empty(),
        observed.map(all -> Tensors.rows(all, places)));
  }

  @Override
  public Batch batch(long[] rows) {
    return batch(rows, false);
  }

  @Override
  public Batch trainingBatch(long[] rows) {
    return batch(rows, true);
  }

  /**
   * All examples as one batch, their own arrays where nothing is drawn.
   *
   * @return the examples, without their places
   */
  public Batch all() {
    if (resampled) {
      return batch(LongStream.range(0, size()).toArray());
    }
    return new ExampleBatch(values, Optional.empty(), labels, observed);
  }

  private Batch batch(long[] rows, boolean trained) {
    NDArray places = values.getManager().create(rows);
    return new ExampleBatch(
        rows(places),
        trained ? Optional.of(places) : Optional.empty(),
        labels.map(all -> all.get(places)),
        observed.map(all -> Tensors.rows(all, places)));
  }

  @Override
  public NDArray draw(NDManager manager, int count, long seed) {
    long[] rows = draw(size(), count, seed);
    NDArray chosen = Tensors.rows(values, values.getManager().create(rows));
    return manager.create(
        FloatBuffer.wrap(chosen.toFloatArray()), chosen.getShape(), DataType.FLOAT32);
  }

  /**
   * Places drawn without replacement.
   *
   * @throws ConfigurationException if there are fewer
   */
  static long[] draw(long size, int count, long seed) {
    if (count > size) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%d training examples were asked for as a start, but there are only %d",
              count,
              size));
    }
    return Arrays.copyOf(order(Math.toIntExact(size), seed), count);
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
