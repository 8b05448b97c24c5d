package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Random numbers of the engine's generator, and on the host of one that it seeds. */
record EngineNoise() implements Noise {

  @Override
  public NDArray normal(NDManager manager, Shape shape, DataType type) {
    return manager.randomNormal(shape, type);
  }

  @Override
  public NDArray uniform(NDManager manager, Shape shape, DataType type) {
    return manager.randomUniform(0, 1, shape, type);
  }

  @Override
  public NDArray each(NDManager manager, Shape shape, Each draw) {
    RandomGenerator random;
    try (NDArray seed = manager.randomInteger(0, 1L << 62, new Shape(1), DataType.INT64)) {
      random = new SplittableRandom(seed.getLong(0));
    }
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draw.draw(random, i);
    }
    return manager.create(values, shape);
  }
}
