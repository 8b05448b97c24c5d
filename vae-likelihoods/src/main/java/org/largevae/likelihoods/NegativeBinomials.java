package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/**
 * Negative binomial distributions.
 *
 * @param logMean log mu, shape (batch, D)
 * @param logInverseDispersion log theta, shape (batch, D)
 */
record NegativeBinomials(NDArray logMean, NDArray logInverseDispersion)
    implements IndependentValues {
  private static final double LOG_INVERSE_DISPERSION_BOUND = 15;

  /** Those of unbounded parameters. */
  static NegativeBinomials of(NDArray logMean, NDArray logInverseDispersion) {
    double most = LOG_INVERSE_DISPERSION_BOUND;
    return new NegativeBinomials(
        Tensors.clamp(logMean, -Poisson.LOG_MEAN_BOUND, Poisson.LOG_MEAN_BOUND),
        Tensors.clamp(logInverseDispersion, -most, most));
  }

  @Override
  public NDArray parameter() {
    return logMean;
  }

  @Override
  public NDArray logProbEach(NDArray x) {
    requireFit(x);
    NDArray count = Tensors.toFloat64(x);
    NDArray theta = Tensors.toFloat64(logInverseDispersion).exp();
    // log(mu / (theta + mu))
    NDArray perCount = Tensors.logSigmoid(logOdds());
    NDArray gammas = count.add(theta).gammaln().sub(theta.gammaln());
    return logZero().add(count.mul(perCount)).add(gammas.sub(count.add(1).gammaln()));
  }

  /** The log-probability of a zero, {@code theta log(theta / (theta + mu))}, float64. */
  NDArray logZero() {
    NDArray theta = Tensors.toFloat64(logInverseDispersion).exp();
    return theta.mul(Tensors.logSigmoid(logOdds().neg()));
  }

  /** log(mu / theta), float64. */
  private NDArray logOdds() {
    return Tensors.toFloat64(logMean).sub(Tensors.toFloat64(logInverseDispersion));
  }

  @Override
  public NDArray mean() {
    return logMean.exp();
  }

  /** A Poisson number whose mean is a gamma number. */
  @Override
  public NDArray sample(Shape leading, Noise noise) {
    Sampler sampler = sampler();
    return noise.each(logMean.getManager(), leading.addAll(logMean.getShape()), sampler::draw);
  }

  /** Draws single counts. */
  Sampler sampler() {
    return new Sampler(
        Tensors.toDoubles(logMean.exp()), Tensors.toDoubles(logInverseDispersion.exp()));
  }

  /** The parameters on the host, batch by batch. */
  record Sampler(double[] means, double[] inverseDispersions) {
    double draw(RandomGenerator random, int index) {
      int place = index % means.length;
      double theta = inverseDispersions[place];
      double rate = RandomNumbers.gamma(random, theta) * (means[place] / theta);
      return RandomNumbers.poisson(random, rate);
    }
  }

  @Override
  public NegativeBinomials map(UnaryOperator<NDArray> change) {
    return new NegativeBinomials(change.apply(logMean), change.apply(logInverseDispersion));
  }
}
