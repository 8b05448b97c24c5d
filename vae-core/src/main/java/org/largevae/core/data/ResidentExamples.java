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
import org.largevae.api.data.TrainingExamples;
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
    implements TrainingExamples {

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
    return of(manager, examples, examples.values(), resampled);
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
    return of(manager, examples, scaled(examples, data), resampled);
  }

  private static float[] scaled(Examples examples, DataDescription data) {
    if (!data.isScaled()) {
      return examples.values();
    }
    float[] scaled = Scales.of(data).toModel(examples.values());
    examples
        .observed()
        .ifPresent(
            observed -> {
              for (int i = 0; i < scaled.length; i++) {
                scaled[i] =
                    observed[i] == 0 ? data.kind(i % data.dimensions()).filler() : scaled[i];
              }
            });
    return scaled;
  }

  private static ResidentExamples of(
      NDManager manager, Examples examples, float[] values, boolean resampled) {
    Shape shape = new Shape(examples.size(), examples.dimensions());
    return new ResidentExamples(
        array(manager, values, shape),
        examples.observed().map(mask -> array(manager, mask, shape)),
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

  /**
   * N as an int.
   *
   * @return at least 1
   */
  public int count() {
    return Math.toIntExact(size());
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

  /**
   * A batch, drawn anew where the data are probabilities.
   *
   * @param rows which examples
   * @return the examples, without their places
   */
  public Batch batch(long[] rows) {
    return batch(rows, false);
  }

  /**
   * A batch to train on.
   *
   * @param rows which examples
   * @return the examples with their places
   */
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
    long[] rows = Arrays.copyOf(order(count(), seed), count);
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

  private record ExampleBatch(
      NDArray x, Optional<NDArray> places, Optional<NDArray> labels, Optional<NDArray> observed)
      implements Batch {}
}
