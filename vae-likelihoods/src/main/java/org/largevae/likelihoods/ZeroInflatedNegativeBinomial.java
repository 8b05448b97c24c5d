package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/**
 * Independent counts that are 0 with probability sigmoid(pi) and else those of a {@link
 * NegativeBinomial} (Lopez et al. 2018, doi:10.1038/s41592-018-0229-2): {@code log p(0) =
 * softplus(log NB(0) - pi) - softplus(-pi)}, {@code log p(x) = log NB(x) - softplus(pi)} for x
 * above 0. The decoder gives log mu and log theta, each kept within +-15, and the logit pi.
 */
public final class ZeroInflatedNegativeBinomial implements Likelihood {
  private final int dimensions;

  /**
   * A likelihood.
   *
   * @param data what the examples are made of
   */
  public ZeroInflatedNegativeBinomial(DataDescription data) {
    this.dimensions = data.dimensions();
  }

  /** Three numbers a value: log mean, log inverse dispersion, logit of a zero by other reason. */
  @Override
  public Shape parameters() {
    return new Shape(3, dimensions);
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.COUNT);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    NDList arrays =
        ParameterArrays.split(
            parameters,
            dimensions,
            "zero-inflated negative binomial",
            "log mean",
            "log inverse dispersion",
            "logit of a zero");
    return new ZeroInflatedCounts(
        NegativeBinomials.of(arrays.get(0), arrays.get(1)), arrays.get(2));
  }

  /** The counts and the logit, of shape (batch, D). */
  private record ZeroInflatedCounts(NegativeBinomials counts, NDArray logit)
      implements IndependentValues {

    @Override
    public NDArray parameter() {
      return logit;
    }

    @Override
    public NDArray logProbEach(NDArray x) {
      NDArray excess = Tensors.toFloat64(logit);
      NDArray positive = counts.logProbEach(x).sub(Tensors.softplus(excess));
      NDArray zero =
          Tensors.softplus(counts.logZero().sub(excess)).sub(Tensors.softplus(excess.neg()));
      Shape shape = positive.getShape();
      return NDArrays.where(x.eq(0).broadcast(shape), zero.broadcast(shape), positive);
    }

    @Override
    public NDArray mean() {
      return counts.mean().mul(Tensors.sigmoid(logit.neg()));
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      double[] probability = Tensors.toDoubles(Tensors.sigmoid(logit));
      NegativeBinomials.Sampler sampler = counts.sampler();
      return noise.each(
          logit.getManager(),
          leading.addAll(logit.getShape()),
          (random, index) ->
              random.nextDouble() < probability[index % probability.length]
                  ? 0
                  : sampler.draw(random, index));
    }

    @Override
    public ZeroInflatedCounts map(UnaryOperator<NDArray> change) {
      return new ZeroInflatedCounts(counts.map(change), change.apply(logit));
    }
  }
}
