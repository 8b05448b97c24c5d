package org.largevae.runner.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.NoGradient;
import org.largevae.core.engine.Seeds;
import org.largevae.core.evaluation.Evaluator;
import org.largevae.core.evaluation.Scores;
import org.largevae.core.model.ModelPass;
import org.largevae.core.model.VariationalAutoencoder;

/**
 * Lets several threads compute with one model whose parameters stand still. Passes are kept, so
 * that pseudo-inputs are encoded once and not at every call; each is used by one thread at a time,
 * since a component need not be safe for several. Closing waits for the calls at work.
 */
final class Inference implements AutoCloseable {
  /** Bounds the memory of a large batch; of two rows neither depends on the other. */
  private static final int ROWS_AT_ONCE = 500;

  /** The same for pairs of an example and a draw. */
  private static final int PAIRS_AT_ONCE = 2000;

  /** Some work on rows. */
  @FunctionalInterface
  interface RowWork {
    /**
     * Does it.
     *
     * @param pass the model with its parameters
     * @param rows shape (n, ...)
     * @param place the first row's place in the whole batch
     * @return shape (n, ...)
     */
    NDArray apply(ModelPass pass, NDArray rows, int place);
  }

  private final VariationalAutoencoder model;
  private final Queue<ModelPass> idle = new ConcurrentLinkedQueue<>();
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * Starts with no pass.
   *
   * @param model closed with this
   */
  Inference(VariationalAutoencoder model) {
    this.model = model;
  }

  ModelShape shape() {
    return model.shape();
  }

  /**
   * Computes something, without gradients. Arrays made on the way are closed afterwards.
   *
   * @param work gets the model with its parameters
   * @return what the work gave
   * @throws IllegalStateException if the model is closed
   */
  <T> T compute(Function<ModelPass, T> work) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("this model is closed; open its run's folder again");
      }
      try (NoGradient none = new NoGradient();
          NDScope scope = new NDScope()) {
        ModelPass kept = idle.poll();
        ModelPass pass = kept == null ? begin() : kept;
        try {
          return work.apply(pass);
        } finally {
          idle.add(pass);
        }
      }
    } finally {
      use.readLock().unlock();
    }
  }

  /** Its arrays stay with the model: a scope, also one of the application's, would close them. */
  private ModelPass begin() {
    try (NDScope scope = new NDScope()) {
      ModelPass pass = model.begin(Pass.inference(model.manager()));
      model.manager().getManagedArrays().forEach(NDScope::unregister);
      return pass;
    }
  }

  /**
   * Computes on rows, some at a time.
   *
   * @param rows of one length each, perhaps none
   * @param work gives a row for each
   * @return the rows that it gave
   */
  float[][] rows(float[][] rows, RowWork work) {
    return compute(
        pass -> {
          float[][] results = new float[rows.length][];
          for (int from = 0; from < rows.length; from += ROWS_AT_ONCE) {
            int to = Math.min(from + ROWS_AT_ONCE, rows.length);
            try (NDScope scope = new NDScope()) {
              float[][] part = split(work.apply(pass, array(rows, from, to), from));
              System.arraycopy(part, 0, results, from, part.length);
            }
          }
          return results;
        });
  }

  /**
   * Scores examples by importance sampling.
   *
   * @param examples of D values each, perhaps none
   * @param samples S
   * @param seed of the draws
   * @return their scores
   */
  Scores scores(float[][] examples, int samples, long seed) {
    ExampleChecks.atLeast("samples", samples, 1);
    return compute(
        pass ->
            examples.length == 0
                ? new Scores(new double[0], new double[0])
                : scores(pass, array(examples, 0, examples.length), samples, seed));
  }

  static Scores scores(ModelPass pass, NDArray examples, int samples, long seed) {
    ResidentExamples data = new ResidentExamples(examples, false);
    return Evaluator.scores(pass, data, samples, PAIRS_AT_ONCE, seed);
  }

  static NDArray drawPrior(ModelPass pass, int count, long seed) {
    try (Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.PICTURES, 0, 0)) {
      return pass.samplePrior(count);
    }
  }

  static NDArray drawPosterior(ModelPass pass, NDArray examples, long seed, int place) {
    try (Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.POSTERIOR, place, 0)) {
      return pass.draw(examples, 1).latents().squeeze(0);
    }
  }

  /** Copies rows to the model's device. */
  private NDArray array(float[][] rows, int from, int to) {
    int width = rows[from].length;
    FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(to - from, width));
    for (int i = from; i < to; i++) {
      values.put(rows[i]);
    }
    values.rewind();
    return model.manager().create(values, new Shape(to - from, width), DataType.FLOAT32);
  }

  /** The same array where it is float32 and on the model's device already. */
  NDArray onDevice(NDArray array) {
    return array.toType(DataType.FLOAT32, false).toDevice(model.manager().getDevice(), false);
  }

  static float[][] split(NDArray array) {
    int width = (int) array.getShape().get(1);
    float[] values = array.toFloatArray();
    float[][] rows = new float[values.length / width][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * width, (i + 1) * width));
    return rows;
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        idle.clear();
        model.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
