package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import java.util.function.Function;
import org.largevae.api.distribution.Draw;
import org.largevae.api.tensor.Tensors;

/**
 * {@code z <- z + v tanh(w'z + b)}, whose log-determinant is {@code log(1 + h w'v)}, {@code h = 1 -
 * tanh^2} (Rezende and Mohamed 2015, arXiv:1505.05770, equations 10 to 12). It is invertible for
 * {@code w'v > -1}, which {@code v = u + (m(w'u) - w'u) w / ||w||^2} with any m above -1 gives
 * (appendix A.1). Here {@code m(x) = softplus(x + log(e - 1)) - 1} in place of {@code softplus(x) -
 * 1}: m(0) = 0, so that u = 0 is the identity and v stays bounded where w vanishes.
 *
 * <p>Its u, w and b stand side by side among what steers an example, 2 M + 1 numbers for each step.
 *
 * @param index of the step, from 0
 * @param size M
 */
record PlanarStep(int index, long size) implements PosteriorStep {
  private static final double UNIT = Math.log(Math.E - 1);

  /** Raw numbers of a new network are about 1; ten times as small ones start near the identity. */
  private static final double SCALE = 0.1;

  private static final double LEAST_SQUARE = 1e-12;

  /**
   * How many numbers steer a step.
   *
   * @param size M
   * @return 2 M + 1
   */
  static int numbers(int size) {
    return 2 * size + 1;
  }

  @Override
  public Draw push(Draw draw, NDArray steering, Function<Parameter, NDArray> values) {
    NDArray z = draw.value();
    int last = steering.getShape().dimension() - 1;
    long from = index * (2 * size + 1);
    NDList own =
        steering.split(new long[] {from, from + size, from + 2 * size, from + 2 * size + 1}, last);
    NDArray u = Tensors.multiply(own.get(1), SCALE);
    NDArray w = own.get(2);
    NDArray b = own.get(3);
    NDArray product = Tensors.sumLast(u.mul(w)).expandDims(last);
    // 1 + m(w'u), above 0
    NDArray stretch = Tensors.softplus(product.add(UNIT));
    NDArray square =
        Tensors.clamp(
            Tensors.sumLast(w.square()).expandDims(last), LEAST_SQUARE, Double.POSITIVE_INFINITY);
    NDArray v = u.add(w.mul(stretch.sub(1).sub(product).div(square)));
    int axis = z.getShape().dimension() - 1;
    NDArray tanh = Tensors.sumLast(z.mul(w)).expandDims(axis).add(b).tanh();
    NDArray squared = tanh.square();
    // 1 + h m = tanh^2 + h (1 + m), which does not cancel
    NDArray determinant = squared.add(squared.neg().add(1).mul(stretch));
    return new Draw(z.add(v.mul(tanh)), draw.logProb().sub(determinant.log().squeeze(axis)));
  }
}
