package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;

/** A right likelihood whose values are independent, that tests break in one place each. */
abstract class Family implements Likelihood {
  final int count;
  final int dimensions;
  private final ValueKind kind;

  Family(DataDescription data, int count, ValueKind kind) {
    this.count = count;
    this.dimensions = data.dimensions();
    this.kind = kind;
  }

  /** The log-probability of each value. */
  abstract NDArray each(NDArray x, NDArray parameters);

  abstract NDArray mean(NDArray parameters);

  NDArray pointEstimate(NDArray parameters) {
    return mean(parameters);
  }

  /** Draws from given parameters, of shape (leading, batch, D). */
  abstract NDArray sample(NDArray parameters, Shape leading, Noise noise);

  /** A parameter of every value. */
  static NDArray parameter(NDArray parameters, int index) {
    int axis = parameters.getShape().dimension() - 2;
    return parameters.split(parameters.getShape().get(axis), axis).get(index).squeeze(axis);
  }

  NDArray logProb(NDArray right) {
    return right;
  }

  @Override
  public Shape parameters() {
    return new Shape(count, dimensions);
  }

  @Override
  public boolean supports(ValueKind asked) {
    return asked.equals(kind);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    return new Product(this, parameters);
  }

  /**
   * The density.
   *
   * @param family its family
   * @param parameters shape (batch, P, D)
   */
  record Product(Family family, NDArray parameters) implements Factorised {
    @Override
    public Shape batch() {
      return parameters.getShape().slice(0, parameters.getShape().dimension() - 2);
    }

    @Override
    public Shape event() {
      return new Shape(family.dimensions);
    }

    @Override
    public NDArray logProbEach(NDArray value) {
      return family.each(value, parameters);
    }

    @Override
    public NDArray logProb(NDArray value) {
      return family.logProb(Factorised.super.logProb(value));
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      return family.sample(parameters, leading, noise);
    }

    @Override
    public NDArray mean() {
      return family.mean(parameters);
    }

    @Override
    public NDArray pointEstimate() {
      return family.pointEstimate(parameters);
    }

    @Override
    public Product map(UnaryOperator<NDArray> change) {
      return new Product(family, change.apply(parameters));
    }
  }
}
