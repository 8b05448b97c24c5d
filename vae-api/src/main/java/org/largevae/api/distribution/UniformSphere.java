package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;

/**
 * The uniform distribution on the unit sphere in R^m, a batch (): {@code log p(x) = -log
 * |S^(m-1)|}, whatever x.
 *
 * @param manager makes its arrays
 * @param coordinates m, at least 2
 */
public record UniformSphere(NDManager manager, long coordinates) implements Density {

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if there are fewer than 2 coordinates
   */
  public UniformSphere {
    if (coordinates < 2) {
      throw new IllegalArgumentException(
          "a sphere in R^" + coordinates + " is no space to be uniform on; 2 coordinates at least");
    }
  }

  /**
   * The log of the surface area of the unit sphere, {@code log |S^(m-1)| = log 2 + m/2 log pi - log
   * Gamma(m/2)}.
   *
   * @param coordinates m, at least 1
   * @return the logarithm, {@code log 2 pi} for the circle
   */
  public static double logArea(long coordinates) {
    double log = coordinates % 2 == 0 ? Math.log(2 * Math.PI) : Math.log(2);
    for (long m = coordinates - 2; m > 0; m -= 2) {
      log += Math.log(2 * Math.PI / m);
    }
    return log;
  }

  @Override
  public Shape batch() {
    return new Shape();
  }

  @Override
  public Shape event() {
    return new Shape(coordinates);
  }

  @Override
  public Support support() {
    return Support.SPHERE;
  }

  /** {@inheritDoc} It has no gradient. */
  @Override
  public NDArray logProb(NDArray value) {
    Shapes.requireEvent(value, coordinates);
    Shape shape = value.getShape();
    return value
        .getManager()
        .full(shape.slice(0, shape.dimension() - 1), (float) -logArea(coordinates));
  }

  @Override
  public NDArray sample(Shape leading, Noise noise) {
    // not 0, which has no direction
    NDArray normal = noise.normal(manager, leading.addAll(event()), DataType.FLOAT32).add(1e-15);
    return normal.div(lengths(normal));
  }

  private static NDArray lengths(NDArray vectors) {
    int last = vectors.getShape().dimension() - 1;
    return vectors.square().sum(new int[] {last}, true).sqrt();
  }

  @Override
  public NDArray mean() {
    return manager.zeros(event());
  }

  @Override
  public UniformSphere map(UnaryOperator<NDArray> change) {
    return this;
  }
}
