package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Support;

/**
 * Another density behind the bare interface: whether it is a product or a mixture does not show.
 * Tests break it in one place each.
 */
class DelegatingDensity implements Density {
  final Density right;

  DelegatingDensity(Density right) {
    this.right = right;
  }

  @Override
  public Shape batch() {
    return right.batch();
  }

  @Override
  public Shape event() {
    return right.event();
  }

  @Override
  public Support support() {
    return right.support();
  }

  @Override
  public NDArray logProb(NDArray value) {
    return right.logProb(value);
  }

  @Override
  public NDArray sample(Shape leading, Noise noise) {
    return right.sample(leading, noise);
  }

  @Override
  public NDArray mean() {
    return right.mean();
  }

  @Override
  public Density map(UnaryOperator<NDArray> change) {
    return new DelegatingDensity(right.map(change));
  }
}
