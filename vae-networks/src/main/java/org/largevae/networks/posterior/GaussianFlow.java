package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Draw;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/**
 * Diagonal Gaussians that invertible steps map: {@code z = f(z_0), log q(z) = log q_0(z_0) - log
 * |det df/dz_0|} (Rezende and Mohamed 2015, arXiv:1505.05770, equation 13). It is no {@code
 * Density}: for a value that it did not draw it would have to invert the steps.
 *
 * @param base q_0, a batch
 * @param steering what steers each example's steps, shape (batch, C)
 * @param steps first to last
 * @param values gives the parameters' values
 */
record GaussianFlow(
    DiagonalGaussian base,
    NDArray steering,
    List<PosteriorStep> steps,
    Function<Parameter, NDArray> values)
    implements Distribution {
  private static final long MEAN_SEED = 1;
  private static final long MEAN_PAIRS = 128;

  @Override
  public Shape batch() {
    return base.batch();
  }

  @Override
  public Shape event() {
    return base.event();
  }

  @Override
  public Draw draw(Shape leading, Noise noise) {
    NDArray z = base.sample(leading, noise);
    return pushed(new Draw(z, base.logProb(z)));
  }

  private Draw pushed(Draw start) {
    Draw draw = start;
    for (PosteriorStep step : steps) {
      draw = step.push(draw, steering, values);
    }
    return draw;
  }

  /**
   * An estimate, since the mean has no closed form and the steps do not map the mean of q_0 to it:
   * the average of 128 pairs of draws from e and -e, whose e are the same at each call and for each
   * example. Its standard error is at most that of 128 draws, and 0 where the steps are linear.
   */
  @Override
  public NDArray mean() {
    long[] one = new long[base.batch().dimension() + 2];
    Arrays.fill(one, 1);
    one[0] = MEAN_PAIRS;
    one[one.length - 1] = event().get(0);
    NDArray noise =
        Noise.ofExamples(MEAN_SEED)
            .normal(
                base.mean().getManager(),
                new Shape(MEAN_PAIRS, 1, event().get(0)),
                base.mean().getDataType())
            .reshape(new Shape(one));
    NDArray deviations = Tensors.multiply(base.logVariance(), 0.5).exp().mul(noise);
    NDArray z = base.mean().add(deviations).concat(base.mean().sub(deviations), 0);
    return pushed(new Draw(z, base.logProb(z))).value().mean(new int[] {0});
  }

  /** The steps' own parameters are of all examples and stay. */
  @Override
  public GaussianFlow map(UnaryOperator<NDArray> change) {
    return new GaussianFlow(base.map(change), change.apply(steering), steps, values);
  }

  @Override
  public GaussianFlow detached() {
    return new GaussianFlow(
        base.map(NDArray::stopGradient),
        steering.stopGradient(),
        steps,
        values.andThen(NDArray::stopGradient));
  }
}
