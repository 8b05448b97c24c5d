package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.tensor.Tensors;

/**
 * Independent values of which each is one of at most C, all with a probability of their own.
 *
 * @param logProbabilities shape (batch, C, D), {@link #IMPOSSIBLE} or less beyond the number of a
 *     value's categories
 * @param pixels whether category i is the grey level (i + 1/2) / 256 rather than i
 */
record CategoryProbabilities(NDArray logProbabilities, boolean pixels) implements Factorised {
  /** The log-probability of what a value cannot be; finite, so that 0 times it is 0. */
  static final double IMPOSSIBLE = -1e30;

  /** The numbers of categories of each value of data; 1 where the kind has none. */
  static int[] counts(DataDescription data) {
    int[] counts = new int[data.dimensions()];
    for (int d = 0; d < counts.length; d++) {
      counts[d] = 1;
      if (data.kind(d).equals(ValueKinds.GREY_LEVEL)) {
        counts[d] = 256;
      } else if (data.kind(d) instanceof ValueKinds.Category category) {
        counts[d] = category.categories();
      } else if (data.kind(d) instanceof ValueKinds.Ordinal ordinal) {
        counts[d] = ordinal.levels();
      }
    }
    return counts;
  }

  /**
   * Numbers for each category of each value.
   *
   * @param like its manager and data type are used
   * @param rows how many categories
   * @param counts the numbers of categories of each value
   * @param number of a category, given it and the number of categories of the value
   * @return shape (rows, D)
   */
  static NDArray table(NDArray like, int rows, int[] counts, TableEntry number) {
    double[] table = new double[rows * counts.length];
    for (int i = 0; i < table.length; i++) {
      table[i] = number.of(i / counts.length, counts[i % counts.length]);
    }
    NDManager manager = like.getManager();
    // the sum is memory of the engine's, which backward may read at any later time
    return manager
        .zeros(new Shape(rows, counts.length), like.getDataType())
        .add(
            manager
                .create(table, new Shape(rows, counts.length))
                .toType(like.getDataType(), false));
  }

  /** A number of a table. */
  @FunctionalInterface
  interface TableEntry {
    /** The number of a category of a value that has so many. */
    double of(int category, int count);
  }

  @Override
  public Shape batch() {
    return logProbabilities.getShape().slice(0, axis());
  }

  @Override
  public Shape event() {
    return logProbabilities.getShape().slice(axis() + 1);
  }

  /** The axis of C. */
  private int axis() {
    return logProbabilities.getShape().dimension() - 2;
  }

  @Override
  public NDArray logProbEach(NDArray x) {
    Shapes.requireFit(x, batch(), event().get(0));
    NDArray category = pixels ? Tensors.multiply(x, 256).floor() : x;
    NDArray rows = category.expandDims(category.getShape().dimension() - 1);
    NDArray chosen = rows.eq(categories(category.getDataType()));
    NDArray terms = chosen.toType(logProbabilities.getDataType(), false).mul(logProbabilities);
    return terms.sum(new int[] {terms.getShape().dimension() - 2});
  }

  /** 0 to C - 1, shape (C, 1). */
  private NDArray categories(DataType type) {
    long count = logProbabilities.getShape().get(axis());
    return logProbabilities.getManager().arange(0f, count, 1f, type).reshape(count, 1);
  }

  /**
   * The expectation of the category's number, which for categories without an order says little.
   */
  @Override
  public NDArray mean() {
    NDArray terms = logProbabilities.exp().mul(categories(logProbabilities.getDataType()));
    return values(terms.sum(new int[] {axis()}));
  }

  /** The most probable category; of grey levels the mean. */
  @Override
  public NDArray pointEstimate() {
    return pixels
        ? mean()
        : logProbabilities.argMax(axis()).toType(logProbabilities.getDataType(), false);
  }

  /** The inverse of the distribution function. */
  @Override
  public NDArray sample(Shape leading, Noise noise) {
    NDArray cumulative = Tensors.toFloat64(logProbabilities).exp().cumSum(axis());
    Shape shape = leading.addAll(batch()).addAll(event());
    NDArray uniform = noise.uniform(logProbabilities.getManager(), shape, DataType.FLOAT64);
    NDArray whole = cumulative.max(new int[] {axis()});
    // below the whole even where the product is rounded up to it, so that the last place is
    // possible
    NDArray sought = Tensors.multiply(uniform.mul(whole), 1 - 2 * Math.ulp(1.0));
    int before = shape.dimension() - 1;
    NDArray below = cumulative.lte(sought.expandDims(before));
    NDArray category = below.toType(logProbabilities.getDataType(), false).sum(new int[] {before});
    return values(category);
  }

  private NDArray values(NDArray category) {
    return pixels ? Tensors.multiply(category.add(0.5), PixelValues.WIDTH) : category;
  }

  @Override
  public CategoryProbabilities map(UnaryOperator<NDArray> change) {
    return new CategoryProbabilities(change.apply(logProbabilities), pixels);
  }
}
