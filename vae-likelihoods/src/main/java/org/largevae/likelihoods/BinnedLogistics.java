package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.tensor.Tensors;

/**
 * Logistic distributions over 256 bins of [0, 1].
 *
 * <p>The logistic is symmetric, so every bin may be mirrored below the location: its bounds are
 * then {@code A = (1/512 - |x - mu|) / s} and {@code C = A - w} with {@code w = 1 / (256 s)}. Its
 * mass {@code sigmoid(A) - sigmoid(C)} is computed as {@code sigmoid(A) (1 - sigmoid(C)) (1 -
 * exp(-w))}, where nothing cancels but 1 - exp(-w): in float32 that costs 8e-6 of the mass at s = 1
 * and less below.
 *
 * @param location mu, shape (batch, D), from {@link PixelValues#LOWEST} to {@link
 *     PixelValues#HIGHEST}
 * @param logScale log s, shape (batch, D)
 * @param tails what becomes of the mass outside [0, 1]
 * @param logScaleMax the greatest log s that there can be
 */
record BinnedLogistics(NDArray location, NDArray logScale, Tails tails, double logScaleMax)
    implements Factorised {
  private static final double HALF_WIDTH = PixelValues.WIDTH / 2;

  /** How far from 1/2 a bin's centre may be, unless it is the first or the last. */
  private static final double INNER = 0.5 - 2 * HALF_WIDTH;

  /** Added to a probability under {@link Tails#PAPER}. */
  private static final double PAPER_OFFSET = 1e-7;

  /**
   * Further out than this many scales the mass falls as exp(-distance), to a part in e^40; it is
   * computed here and multiplied by that, in logs, since float32 ends at e^-87.
   */
  private static final double EXPONENTIAL_TAIL = 40;

  @Override
  public Shape batch() {
    return location.getShape().slice(0, location.getShape().dimension() - 1);
  }

  @Override
  public Shape event() {
    return location.getShape().slice(location.getShape().dimension() - 1);
  }

  @Override
  public NDArray logProb(NDArray x) {
    return logProb(x, Tensors::sumLast);
  }

  @Override
  public NDArray logProbEach(NDArray x) {
    return logProb(x, UnaryOperator.identity());
  }

  /**
   * {@inheritDoc}
   *
   * <p>It is the expectation under folded tails, for either kind of tails; the code of Tomczak and
   * Welling shows mu, which is the same where s is small and mu is far from 0 and 1. The sum over
   * the bins is replaced by its integral, {@code s (softplus(mu/s) - softplus((mu-1)/s))}, and the
   * ends' correction: within 3e-5 of the sum at the default clamps, within half a grey level at
   * any.
   */
  @Override
  public NDArray mean() {
    NDArray scale = logScale.exp();
    NDArray fromZero = location.div(scale);
    NDArray fromOne = location.sub(1).div(scale);
    NDArray integral = Tensors.softplus(fromZero).sub(Tensors.softplus(fromOne)).mul(scale);
    NDArray ends = Tensors.sigmoid(fromZero).add(Tensors.sigmoid(fromOne)).sub(1);
    NDArray mean = integral.sub(Tensors.multiply(ends, HALF_WIDTH));
    return Tensors.clamp(mean, PixelValues.LOWEST, PixelValues.HIGHEST);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Draws follow the folded probabilities, for either kind of tails: those of {@link
   * Tails#PAPER} do not sum to 1.
   */
  @Override
  public NDArray sample(Shape leading, Noise noise) {
    NDArray uniform =
        noise.uniform(
            location.getManager(), leading.addAll(location.getShape()), location.getDataType());
    // the inverse of the distribution function; negative infinity for 0 falls in the first bin
    NDArray logit = uniform.log().sub(uniform.neg().add(1).log());
    return PixelValues.nearest(logit.mul(logScale.exp()).add(location));
  }

  @Override
  public BinnedLogistics map(UnaryOperator<NDArray> change) {
    return new BinnedLogistics(change.apply(location), change.apply(logScale), tails, logScaleMax);
  }

  /** The log-probabilities, summed or not; two sums are cheaper than adding the arrays first. */
  private NDArray logProb(NDArray x, UnaryOperator<NDArray> sum) {
    Shapes.requireFit(x, batch(), event().get(0));
    // 1 / s: products are cheaper than quotients, above all in backward
    NDArray precision = logScale.neg().exp();
    NDArray centre = PixelValues.centre(x);
    // -A, how many scales the bin's near bound lies from the location
    NDArray near = location.sub(centre).abs().sub(HALF_WIDTH).mul(precision);
    return switch (tails) {
      case FOLDED -> folded(near, precision, centre, sum);
      case PAPER -> sum.apply(paper(near, precision));
    };
  }

  /** log p with the first and the last bin reaching outwards without end. */
  private NDArray folded(
      NDArray near, NDArray precision, NDArray centre, UnaryOperator<NDArray> sum) {
    // mu lies between the first and the last centre, so their far bound is always the outer one;
    // arithmetic, since comparing and casting take longer
    NDArray edge = centre.sub(0.5).abs().sub(INNER).getNDArrayInternal().relu();
    NDArray width = Tensors.multiply(edge, -beyondReach() / HALF_WIDTH).sub(PixelValues.WIDTH);
    NDArray excess = near.sub(EXPONENTIAL_TAIL).getNDArrayInternal().relu();
    NDArray mass = mass(excess.sub(near), precision.mul(width));
    return sum.apply(mass.log()).sub(sum.apply(excess));
  }

  /** log(p + 1e-7), every bin of the same width. */
  private static NDArray paper(NDArray near, NDArray precision) {
    NDArray mass = mass(near.neg(), Tensors.multiply(precision, -PixelValues.WIDTH));
    return mass.add(PAPER_OFFSET).log();
  }

  /** The mass between A and C = A + step, step below 0: two factors are negated, to save passes. */
  private static NDArray mass(NDArray upper, NDArray step) {
    NDArray above = Tensors.sigmoid(upper.add(step)).sub(1);
    return Tensors.sigmoid(upper).mul(above).mul(step.exp().sub(1));
  }

  /** A width that is at least 1000 scales, so that a sigmoid and its slope are 0 out there. */
  private double beyondReach() {
    return 1000 * Math.exp(logScaleMax) + 1;
  }
}
