package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Normaliser;
import org.largevae.api.tensor.Tensors;

/**
 * The density of {@link DensityRatioPrior} in one pass. Z is the mean of r(z) over draws of N(0,
 * I): where the pass does not train, over {@code normaliser-samples} that are always the same,
 * taken when they are first asked for; in training, where it only shows how training goes, over the
 * step's own.
 *
 * <p>The log of an unbiased estimate is too low, by about {@code s^2 / 2} with the relative
 * standard error s of Z, which makes densities look too high. By the delta method the upper end of
 * log Z is {@code log Z + s^2 / 2 + 1.96 s}; the draws' effective sample size is {@code 1 / (s^2 +
 * 1 / n)}. It holds for many effective draws; where they are few, s is large, and the estimate is
 * not fit to report.
 */
final class DensityRatioDensity implements Density {
  /** Of the draws that estimate Z. */
  static final long SEED = 20201006;

  /** Standard errors that a normal variable exceeds with a probability of 0.025. */
  private static final double QUANTILE = 1.959964;

  private final FixedProposals proposals;
  private final DensityRatioSettings settings;
  private final ScalarFunction logit;
  private final Optional<NDArray> noise;
  private final DiagonalGaussian base;
  private WeightAverage average;

  /**
   * A density.
   *
   * @param proposals estimate Z where the pass does not train
   * @param settings of the prior
   * @param logit log r
   * @param noise in training, log r of draws from N(0, I), shape (n)
   */
  DensityRatioDensity(
      FixedProposals proposals,
      DensityRatioSettings settings,
      ScalarFunction logit,
      Optional<NDArray> noise) {
    this.proposals = proposals;
    this.settings = settings;
    this.logit = logit;
    this.noise = noise;
    this.base = DiagonalGaussian.standard(proposals.manager(), proposals.size());
  }

  /** What a training step tells latents from, shape (n, M). */
  static NDArray draws(FixedProposals proposals, DensityRatioSettings settings) {
    Shape shape = new Shape(settings.trainingSamples(), proposals.size());
    return Noise.ENGINE.normal(proposals.manager(), shape, DataType.FLOAT32);
  }

  @Override
  public Shape batch() {
    return new Shape();
  }

  @Override
  public Shape event() {
    return base.event();
  }

  @Override
  public Kind kind() {
    return Kind.ESTIMATE;
  }

  @Override
  public NDArray logProb(NDArray value) {
    NDArray unnormalised = base.logProb(value).add(logit.of(value));
    return noise.isPresent()
        ? unnormalised.sub(logMean(noise.orElseThrow()))
        : unnormalised.sub(average().log());
  }

  private static NDArray logMean(NDArray logWeights) {
    return Tensors.logSumExpLast(logWeights).sub(Math.log(logWeights.getShape().get(0)));
  }

  /**
   * How badly the classifier tells latents from the step's draws of N(0, I): the binary
   * cross-entropy, in which both count alike, whatever their numbers. No gradient reaches the
   * latents.
   *
   * @param latents shape (..., M)
   * @return in nats, a scalar; {@code 2 log 2} for a classifier that cannot tell
   */
  NDArray crossEntropy(NDArray latents) {
    // a loss is rehearsed in a pass that does not train
    NDArray drawn = noise.orElseGet(() -> logit.of(draws(proposals, settings)));
    NDArray missed = Tensors.softplus(logit.of(latents.stopGradient()).neg()).mean();
    return missed.add(Tensors.softplus(drawn).mean());
  }

  private WeightAverage average() {
    if (average == null) {
      average = proposals.average(settings.normaliserSamples(), logit.detached()::of);
    }
    return average;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Not in training.
   */
  @Override
  public Optional<Normaliser> normaliser() {
    if (noise.isPresent()) {
      return Optional.empty();
    }
    double error = Math.sqrt(average().relativeVariance() / average().count());
    double log = average().log();
    return Optional.of(new Normaliser(log, error, log + error * error / 2 + QUANTILE * error));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Approximate: by sampling importance resampling, one of {@code sampling-proposals} draws from
   * N(0, I), picked in proportion to r(z).
   */
  @Override
  public NDArray sample(Shape leading, Noise source) {
    return new Resampling(
            proposals.manager(), proposals.size(), settings.samplingProposals(), logit::of)
        .sample(leading, source);
  }

  /** {@inheritDoc} Estimated with the same draws as Z. */
  @Override
  public NDArray mean() {
    return proposals.array(average().mean());
  }

  @Override
  public DensityRatioDensity map(UnaryOperator<NDArray> change) {
    return new DensityRatioDensity(proposals, settings, logit.map(change), noise.map(change));
  }
}
