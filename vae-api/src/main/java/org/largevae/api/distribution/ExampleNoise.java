package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.largevae.api.tensor.ShapeException;

/**
 * Random numbers from one generator for each example, made on the host: the same on every device,
 * in every batch and in every order. Each generator goes on where it stopped, so that S draws at
 * once are the same as S one by one.
 */
final class ExampleNoise implements Noise {
  private final RandomGenerator[] generators;
  private final long[] seeds;
  private final Map<Integer, Noise> levels = new HashMap<>();

  ExampleNoise(long[] seeds) {
    this.seeds = seeds.clone();
    this.generators =
        Arrays.stream(seeds).mapToObj(SplittableRandom::new).toArray(RandomGenerator[]::new);
  }

  @Override
  public Noise level(int level) {
    return level == 0 ? this : levels.computeIfAbsent(level, this::below);
  }

  /** Seeds that are themselves drawn: neighbouring ones would give overlapping streams. */
  private Noise below(int level) {
    return new ExampleNoise(
        Arrays.stream(seeds)
            .map(
                seed ->
                    new SplittableRandom(~seed)
                        .longs(level)
                        .skip(level - 1L)
                        .findFirst()
                        .orElseThrow())
            .toArray());
  }

  @Override
  public NDArray normal(NDManager manager, Shape shape, DataType type) {
    return typed(each(manager, shape, (random, index) -> random.nextGaussian()), type);
  }

  @Override
  public NDArray uniform(NDManager manager, Shape shape, DataType type) {
    // of 24 bits, since rounding to float32 could give 1
    return typed(each(manager, shape, (random, index) -> random.nextFloat()), type);
  }

  private static NDArray typed(NDArray values, DataType type) {
    return values.toType(type, false);
  }

  @Override
  public NDArray each(NDManager manager, Shape shape, Each draw) {
    int axes = shape.dimension();
    int size = Math.toIntExact(shape.get(axes - 1));
    long rows = axes == 1 ? 1 : shape.get(axes - 2);
    if (rows != generators.length) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "draws of shape %s are not for %d examples, which the axis before the last has to"
                  + " count",
              shape,
              generators.length));
    }
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int from = 0, row = 0; from < values.length; from += size) {
      for (int i = from; i < from + size; i++) {
        values[i] = (float) draw.draw(generators[row], i);
      }
      row = row + 1 == generators.length ? 0 : row + 1;
    }
    return manager.create(values, shape);
  }
}
