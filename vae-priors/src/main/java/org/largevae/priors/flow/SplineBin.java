package org.largevae.priors.flow;

import ai.djl.ndarray.NDArray;
import org.largevae.api.tensor.Tensors;

/**
 * The piece of a rational-quadratic spline between two knots (Durkan et al. 2019, arXiv:1906.04032,
 * equations 4 to 8; Gregory and Delbourgo 1982). All shapes are those of the values mapped.
 *
 * @param x the left knot's place
 * @param width how far the right one is, above 0
 * @param y the value at the left knot
 * @param height how much greater it is at the right one, above 0
 * @param before the derivative at the left knot, above 0
 * @param after the derivative at the right knot, above 0
 */
record SplineBin(
    NDArray x, NDArray width, NDArray y, NDArray height, NDArray before, NDArray after) {

  /** Values from x to x + width and the logs of their derivatives. */
  Mapped map(NDArray z) {
    NDArray slope = height.div(width);
    NDArray at = z.sub(x).div(width);
    NDArray rest = at.neg().add(1);
    NDArray middle = at.mul(rest);
    NDArray denominator = slope.add(bend(slope).mul(middle));
    NDArray numerator = slope.mul(at.square()).add(before.mul(middle));
    NDArray derivative =
        after
            .mul(at.square())
            .add(Tensors.multiply(slope.mul(middle), 2))
            .add(before.mul(rest.square()));
    NDArray logScale = Tensors.multiply(slope.log().sub(denominator.log()), 2);
    return new Mapped(
        y.add(height.mul(numerator).div(denominator)), derivative.log().add(logScale));
  }

  /** Values from y to y + height, mapped back. */
  NDArray inverse(NDArray value) {
    NDArray slope = height.div(width);
    NDArray above = value.sub(y);
    NDArray bent = above.mul(bend(slope));
    NDArray a = height.mul(slope.sub(before)).add(bent);
    NDArray b = height.mul(before).sub(bent);
    NDArray c = slope.mul(above).neg();
    NDArray discriminant = b.square().sub(Tensors.multiply(a.mul(c), 4));
    // above 0 but for rounding
    NDArray root = Tensors.clamp(discriminant, 0, Double.POSITIVE_INFINITY).sqrt();
    // the form of the root that does not cancel
    NDArray at = Tensors.multiply(c, 2).div(b.add(root).neg());
    return x.add(at.mul(width));
  }

  private NDArray bend(NDArray slope) {
    return after.add(before).sub(Tensors.multiply(slope, 2));
  }
}
