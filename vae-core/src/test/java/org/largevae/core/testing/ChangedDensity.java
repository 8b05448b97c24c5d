package org.largevae.core.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;

/**
 * A density whose logarithm is not what it should be.
 *
 * @param inner gives all else
 * @param change what becomes of log p
 */
public record ChangedDensity(Density inner, UnaryOperator<NDArray> change) implements Density {

  @Override
  public NDArray logProb(NDArray value) {
    return change.apply(inner.logProb(value));
  }

  @Override
  public NDArray sample(Shape leading, Noise noise) {
    return inner.sample(leading, noise);
  }

  @Override
  public Shape batch() {
    return inner.batch();
  }

  @Override
  public Shape event() {
    return inner.event();
  }

  @Override
  public NDArray mean() {
    return inner.mean();
  }

  @Override
  public Density map(UnaryOperator<NDArray> parameterChange) {
    return new ChangedDensity(inner.map(parameterChange), change);
  }
}
