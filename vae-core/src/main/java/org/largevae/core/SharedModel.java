package org.largevae.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Noise;
import org.largevae.api.model.ModelPass;
import org.largevae.core.data.BatchedExamples;
import org.largevae.core.data.PlacedExamples;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.data.Scales;
import org.largevae.core.engine.ExampleSeeds;
import org.largevae.core.engine.NoGradient;
import org.largevae.core.engine.Seeds;
import org.largevae.core.evaluation.Evaluation;
import org.largevae.core.evaluation.Evaluator;
import org.largevae.core.evaluation.Imputation;
import org.largevae.core.evaluation.Scores;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.preparation.Examples;

/**
 * Lets several threads compute with one model whose parameters stand still. Passes are kept, so
 * that pseudo-inputs are encoded once and not at every call; each is used by one thread at a time,
 * since a component need not be safe for several. Closing waits for the calls at work.
 */
final class SharedModel implements AutoCloseable {
  /** Bounds the memory of a large batch; of two rows neither depends on the other. */
  private static final int ROWS_AT_ONCE = 500;

  /** The same for pairs of an example and a draw. */
  private static final int PAIRS_AT_ONCE = 2000;

  /** Some work on examples. */
  @FunctionalInterface
  interface ExampleWork {
    /**
     * Does it.
     *
     * @param pass the model with its parameters
     * @param batch some of the examples
     * @return a row for each
     */
    NDArray apply(ModelPass pass, Batch batch);
  }

  private final ParameterizedModel model;
  private final Scales scales;
  private final Queue<ModelPass> idle = new ConcurrentLinkedQueue<>();
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * Starts with no pass.
   *
   * @param model closed with this
   */
  SharedModel(ParameterizedModel model) {
    this.model = model;
    this.scales = Scales.of(model.data());
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
      ModelPass pass = model.begin();
      model.manager().getManagedArrays().forEach(NDScope::unregister);
      return pass;
    }
  }

  /**
   * Computes on examples, some at a time.
   *
   * @param rows of D values each, perhaps none
   * @param work gives a row for each
   * @return the rows that it gave
   */
  float[][] examples(float[][] rows, ExampleWork work) {
    return some(rows, (pass, from, to) -> work.apply(pass, resident(rows, from, to).all()));
  }

  /**
   * Computes on latents, some at a time.
   *
   * @param rows latents of all levels side by side, perhaps none
   * @param work gives a row for each
   * @return the rows that it gave
   */
  float[][] latents(float[][] rows, BiFunction<ModelPass, Latents, NDArray> work) {
    return some(rows, (pass, from, to) -> work.apply(pass, levels(array(rows, from, to))));
  }

  /** Some work on a range of rows. */
  private interface RangeWork {
    NDArray apply(ModelPass pass, int from, int to);
  }

  private float[][] some(float[][] rows, RangeWork work) {
    return compute(
        pass -> {
          float[][] results = new float[rows.length][];
          for (int from = 0; from < rows.length; from += ROWS_AT_ONCE) {
            int to = Math.min(from + ROWS_AT_ONCE, rows.length);
            try (NDScope scope = new NDScope()) {
              float[][] part = split(work.apply(pass, from, to));
              System.arraycopy(part, 0, results, from, part.length);
            }
          }
          return results;
        });
  }

  /** The number of latents of all levels. */
  int latentSize() {
    return latentSizes().stream().mapToInt(Integer::intValue).sum();
  }

  /** Of each level, top first. */
  List<Integer> latentSizes() {
    return model.model().latentSizes();
  }

  /** The levels side by side, top first. */
  static NDArray joined(Latents latents) {
    int last = latents.lowest().getShape().dimension() - 1;
    return latents.levels().stream().reduce((a, b) -> a.concat(b, last)).orElseThrow();
  }

  /** The levels of latents that stand side by side. */
  Latents levels(NDArray joined) {
    List<Integer> sizes = model.model().latentSizes();
    Latents latents = Latents.none();
    int from = 0;
    for (int size : sizes) {
      int to = from + size;
      latents =
          latents.with(
              sizes.size() == 1 ? joined : joined.get(new NDIndex(":, " + from + ":" + to)));
      from = to;
    }
    return latents;
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
    return scores(examples, samples, seed, resident -> resident);
  }

  /** The same for examples at known places among the training examples, -1 for others. */
  Scores scores(float[][] examples, long[] places, int samples, long seed) {
    return scores(examples, samples, seed, resident -> new PlacedExamples(resident, places));
  }

  private Scores scores(
      float[][] examples,
      int samples,
      long seed,
      Function<ResidentExamples, BatchedExamples> placed) {
    ExampleChecks.atLeast("samples", samples, 1);
    return compute(
        pass ->
            examples.length == 0
                ? new Scores(new double[0], new double[0])
                : scores(
                    pass, placed.apply(resident(examples, 0, examples.length)), samples, seed));
  }

  Evaluation evaluate(
      Examples examples, int batchRows, int samples, long seed, IntConsumer progress) {
    return compute(
        pass -> {
          try (NDManager manager = model.manager().newSubManager()) {
            BatchedExamples batched = BatchedExamples.of(manager, examples, model.data(), false);
            return Evaluator.evaluate(model, batched, samples, batchRows, seed, progress);
          }
        });
  }

  /** Does something with the model while it cannot be closed. */
  void run(Consumer<ParameterizedModel> work) {
    compute(
        pass -> {
          work.accept(model);
          return null;
        });
  }

  Scores scores(ModelPass pass, BatchedExamples examples, int samples, long seed) {
    return Evaluator.scores(model, pass, examples, samples, PAIRS_AT_ONCE, seed);
  }

  /** Fills in what is missing: for each row as many as there are draws, or one expectation. */
  float[][][] impute(float[][] rows, int samples, int draws, long seed) {
    ExampleChecks.atLeast("samples", samples, 1);
    int atOnce = Math.max(1, PAIRS_AT_ONCE / samples);
    return compute(
        pass -> {
          float[][][] filled = new float[Math.max(1, draws)][rows.length][];
          for (int from = 0; from < rows.length; from += atOnce) {
            int to = Math.min(from + atOnce, rows.length);
            try (NDScope scope = new NDScope()) {
              float[][] part = impute(pass, resident(rows, from, to).all(), samples, draws, seed);
              for (int draw = 0; draw < filled.length; draw++) {
                put(part[draw], rows, filled[draw], from, to);
              }
            }
          }
          return filled;
        });
  }

  private float[][] impute(ModelPass pass, Batch batch, int samples, int draws, long seed) {
    long[] seeds = ExampleSeeds.of(batch, seed, Seeds.Purpose.IMPUTATION);
    Imputation imputation =
        new Imputation(
            pass, model.data(), batch, pass.draw(batch, samples, Noise.ofExamples(seeds)));
    return draws == 0 ? new float[][] {imputation.expected()} : imputation.sampled(draws, seeds);
  }

  /** In the data's own units; what was known stays to the last digit. */
  private void put(float[] values, float[][] rows, float[][] target, int from, int to) {
    int width = model.data().dimensions();
    for (int row = from; row < to; row++) {
      int start = (row - from) * width;
      target[row] = toData(new float[][] {Arrays.copyOfRange(values, start, start + width)})[0];
      for (int value = 0; value < width; value++) {
        boolean known = !Float.isNaN(rows[row][value]);
        target[row][value] = known ? rows[row][value] : target[row][value];
      }
    }
  }

  /** Examples drawn from p(z) p(x|z), of the data's own kinds and units. */
  float[][] drawExamples(int count, long seed) {
    return compute(
        pass -> {
          float[][] drawn = new float[count][];
          for (int from = 0; from < count; from += ROWS_AT_ONCE) {
            int to = Math.min(from + ROWS_AT_ONCE, count);
            try (NDScope scope = new NDScope()) {
              NDArray x = drawExamples(pass, from, to, seed);
              System.arraycopy(toData(split(x)), 0, drawn, from, to - from);
            }
          }
          return drawn;
        });
  }

  /** Some of the examples that are drawn with a seed, as the model sees them. */
  static NDArray drawExamples(ModelPass pass, int from, int to, long seed) {
    long[] seeds = new long[to - from];
    for (int i = from; i < to; i++) {
      seeds[i - from] = Seeds.of(seed, Seeds.Purpose.EXAMPLES, i, 0);
    }
    Noise noise = Noise.ofExamples(seeds);
    return pass.decode(pass.sample(to - from, noise)).sample(new Shape(), noise);
  }

  /** Whether p(x|z) has a mean that can be computed. */
  static boolean hasMeans(ModelPass pass) {
    return pass.decode(pass.sample(1, Noise.ofExamples(0))).hasMean();
  }

  static Latents drawPrior(ModelPass pass, int count, long seed) {
    try (Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.PICTURES, 0, 0)) {
      return pass.sample(count);
    }
  }

  static NDArray drawPosterior(ModelPass pass, Batch examples, long seed) {
    Noise noise = ExampleSeeds.noise(examples, seed, Seeds.Purpose.POSTERIOR);
    return joined(pass.draw(examples, 1, noise).latents()).squeeze(0);
  }

  /** Copies examples to the model's device, missing values marked. */
  ResidentExamples resident(float[][] rows, int from, int to) {
    int width = rows[from].length;
    float[] values = new float[Math.multiplyExact(to - from, width)];
    for (int i = from; i < to; i++) {
      System.arraycopy(rows[i], 0, values, (i - from) * width, width);
    }
    return resident(values);
  }

  /** The same for values that stand row by row. */
  ResidentExamples resident(float[] values) {
    int count = values.length / model.data().dimensions();
    Examples examples = Examples.withMissing(count, values, model.data());
    return ResidentExamples.of(model.manager(), examples, model.data(), false);
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

  /** In the data's own units. */
  float[][] toData(float[][] rows) {
    return scales.toData(rows);
  }

  /** In the data's own units. */
  NDArray toData(NDArray values) {
    return scales.toData(values);
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
