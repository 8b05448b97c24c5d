package com.example.logistic;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/**
 * A logistic distribution of each value, independent of the others: {@code log p(z) = sum_m (-x_m -
 * 2 log(1 + exp(-x_m)) - log s_m)}, {@code x = (z - mu) / s} (Johnson, Kotz and Balakrishnan 1995,
 * Continuous Univariate Distributions 2, chapter 23). Its variance is {@code s^2 pi^2 / 3}; far out
 * log p falls linearly, where that of a Gaussian falls with the square.
 *
 * @param mean mu, shape (batch, M)
 * @param logScale log s, shape (batch, M)
 */
record Logistic(NDArray mean, NDArray logScale) implements Factorised {
  /** The steps of uniform float32 numbers: the quantile of 0 or of 1 would be infinite. */
  private static final double STEP = Math.scalb(1, -24);

  @Override
  public Shape batch() {
    return mean.getShape().slice(0, mean.getShape().dimension() - 1);
  }

  @Override
  public Shape event() {
    return mean.getShape().slice(mean.getShape().dimension() - 1);
  }

  @Override
  public NDArray logProbEach(NDArray value) {
    NDArray x = value.sub(mean).mul(logScale.neg().exp());
    // log(1 + exp(-x)) by softplus, since exp(-x) overflows
    return x.add(Tensors.multiply(Tensors.softplus(x.neg()), 2)).add(logScale).neg();
  }

  /** The quantiles of uniform draws u, {@code mu + s log(u / (1 - u))}. */
  @Override
  public NDArray sample(Shape leading, Noise noise) {
    Shape shape = leading.addAll(mean.getShape());
    NDArray uniform = noise.uniform(mean.getManager(), shape, mean.getDataType());
    NDArray inside = Tensors.clamp(uniform, STEP, 1 - STEP);
    NDArray quantile = inside.log().sub(inside.neg().add(1).log());
    return quantile.mul(logScale.exp()).add(mean);
  }

  @Override
  public Logistic map(UnaryOperator<NDArray> change) {
    return new Logistic(change.apply(mean), change.apply(logScale));
  }
}
