package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.tensor.Tensors;

/**
 * Mixtures of logistic distributions over 256 bins of [0, 1].
 *
 * <p>With {@code w = 1 / (256 s)}, the width of a bin, {@code log(sigmoid(b+) - sigmoid(b-)) =
 * -softplus(-b+) - softplus(b-) + log(1 - exp(-w))}, and {@code log(1 - exp(-w)) = log tanh(w / 2)
 * + softplus(-w)}, where nothing cancels.
 *
 * @param logWeights log pi, shape (batch, J, D)
 * @param location mu, shape (batch, J, D)
 * @param logScale log s, shape (batch, J, D)
 */
record BinnedMixtures(NDArray logWeights, NDArray location, NDArray logScale)
    implements Factorised {
  private static final double HALF_WIDTH = PixelValues.WIDTH / 2;

  @Override
  public Shape batch() {
    return location.getShape().slice(0, axis());
  }

  @Override
  public Shape event() {
    return location.getShape().slice(axis() + 1);
  }

  /** The axis of J. */
  private int axis() {
    return location.getShape().dimension() - 2;
  }

  @Override
  public NDArray logProbEach(NDArray x) {
    Shapes.requireFit(x, batch(), event().get(0));
    NDArray centre = PixelValues.centre(x).expandDims(x.getShape().dimension() - 1);
    NDArray precision = logScale.neg().exp();
    NDArray upper = centre.sub(location).add(HALF_WIDTH).mul(precision);
    NDArray lower = centre.sub(location).sub(HALF_WIDTH).mul(precision);
    NDArray width = Tensors.multiply(precision, PixelValues.WIDTH);
    NDArray log = Tensors.multiply(width, 0.5).tanh().log().add(Tensors.softplus(width.neg()));

    NDArray notFirst = toType(centre.gt(PixelValues.WIDTH), upper);
    NDArray notLast = toType(centre.lt(1 - PixelValues.WIDTH), upper);
    NDArray mass =
        log.mul(notFirst.mul(notLast))
            .sub(Tensors.softplus(upper.neg()).mul(notLast))
            .sub(Tensors.softplus(lower).mul(notFirst));
    NDArray shares = mass.add(logWeights);
    return Tensors.logSumExp(shares, shares.getShape().dimension() - 2);
  }

  private static NDArray toType(NDArray condition, NDArray like) {
    return condition.toType(like.getDataType(), false);
  }

  /** The components' means by their weights; see {@link BinnedLogistics#mean} on what they are. */
  @Override
  public NDArray mean() {
    // the bound is for log-probabilities, a mean has no use for it
    NDArray means = new BinnedLogistics(location, logScale, Tails.FOLDED, 0).mean();
    NDArray mean = means.mul(logWeights.exp()).sum(new int[] {axis()});
    return Tensors.clamp(mean, PixelValues.LOWEST, PixelValues.HIGHEST);
  }

  /** Chooses a component for each value by its weight, then inverts its distribution function. */
  @Override
  public NDArray sample(Shape leading, Noise noise) {
    Shape shape = leading.addAll(batch()).addAll(event());
    NDArray chosen = new CategoryProbabilities(logWeights, false).sample(leading, noise);
    NDArray uniform = noise.uniform(location.getManager(), shape, DataType.FLOAT64);
    NDArray logit = uniform.log().sub(uniform.neg().add(1).log());
    int rows = shape.dimension() - 1;
    long count = location.getShape().get(axis());
    NDArray components = location.getManager().arange(0f, count, 1f).reshape(count, 1);
    NDArray isChosen = toType(chosen.expandDims(rows).eq(components), location);
    NDArray centre = isChosen.mul(location).sum(new int[] {rows});
    NDArray scale = isChosen.mul(logScale.exp()).sum(new int[] {rows});
    return PixelValues.nearest(logit.mul(scale).add(centre)).toType(location.getDataType(), false);
  }

  @Override
  public BinnedMixtures map(UnaryOperator<NDArray> change) {
    return new BinnedMixtures(
        change.apply(logWeights), change.apply(location), change.apply(logScale));
  }
}
