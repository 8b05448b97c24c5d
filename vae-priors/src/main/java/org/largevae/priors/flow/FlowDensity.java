package org.largevae.priors.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.tensor.ShapeException;

/**
 * {@code log p(z) = log N(f(z) | 0, I) + log |det df/dz|}, exact; a draw is {@code z = f^-1(e)} of
 * a standard Gaussian e.
 *
 * @param steps what f is made of, in the order in which they map z
 * @param base N(0, I), a batch ()
 * @param values gives the parameters' values
 */
record FlowDensity(List<FlowStep> steps, DiagonalGaussian base, Function<Parameter, NDArray> values)
    implements Density {
  private static final long MEAN_SEED = 1;
  private static final long MEAN_PAIRS = 1_000;

  @Override
  public Shape batch() {
    return base.batch();
  }

  @Override
  public Shape event() {
    return base.event();
  }

  @Override
  public NDArray logProb(NDArray value) {
    Shapes.requireEvent(value, event().get(0));
    Mapped mapped = steps.get(0).toBase(value, values);
    NDArray logDeterminant = mapped.logDerivative();
    for (FlowStep step : steps.subList(1, steps.size())) {
      mapped = step.toBase(mapped.value(), values);
      logDeterminant = logDeterminant.add(mapped.logDerivative());
    }
    return base.logProb(mapped.value()).add(logDeterminant);
  }

  @Override
  public NDArray sample(Shape leading, Noise noise) {
    return fromBase(base.sample(leading, noise));
  }

  private NDArray fromBase(NDArray gaussian) {
    List<FlowStep> back = new ArrayList<>(steps);
    Collections.reverse(back);
    NDArray z = gaussian;
    for (FlowStep step : back) {
      z = step.fromBase(z, values);
    }
    return z;
  }

  /**
   * An estimate, since a flow's mean has no closed form: the average of 1,000 pairs of draws from e
   * and -e, the same at each call. Its standard error is at most that of 1,000 draws, and 0 where
   * the flow is linear.
   */
  @Override
  public NDArray mean() {
    // the axis of 1: all are draws of one distribution
    NDArray gaussian = base.sample(new Shape(MEAN_PAIRS, 1), Noise.ofExamples(MEAN_SEED));
    NDArray draws = fromBase(gaussian.concat(gaussian.neg(), 1));
    return draws.mean(new int[] {0}).mean(new int[] {0});
  }

  @Override
  public FlowDensity map(UnaryOperator<NDArray> change) {
    return new FlowDensity(steps, base.map(change), values.andThen(change));
  }

  /**
   * Not possible.
   *
   * @throws ShapeException always: a prior's flow is one distribution, it has no rows to choose
   */
  @Override
  public Density select(NDArray rows) {
    throw new ShapeException("a flow prior is one distribution, it has no rows to choose");
  }
}
