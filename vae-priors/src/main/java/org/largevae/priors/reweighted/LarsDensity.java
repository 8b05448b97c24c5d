package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Normaliser;
import org.largevae.api.tensor.Tensors;

/**
 * The density of {@link LarsPrior} in one pass. Where the pass does not train, Z is the mean of
 * a(z) over {@code normaliser-samples} draws that are always the same, taken when they are first
 * asked for.
 *
 * <p>How far Z may be off needs no assumption, since a(z) lies between 0 and 1: by the empirical
 * Bernstein bound (Maurer and Pontil 2009, arXiv:0907.3740, theorem 4) it is below {@code U = Z +
 * sqrt(2 V ln(2 / delta) / n) + 7 ln(2 / delta) / (3 (n - 1))} with probability 1 - delta, V the
 * sample variance of a(z). The density with an estimated Z, its alpha held fixed, has the mass
 * {@code 1 + (1 - alpha) (Z_true / Z - 1)}, so the log of this at U is what {@link #normaliser}
 * adds to log Z as its upper end. With T tries it is small however rarely a draw is accepted.
 */
final class LarsDensity implements Density {
  /** Of the draws that estimate Z. */
  static final long SEED = 20190401;

  /** The probability that the upper end is exceeded. */
  private static final double DELTA = 0.025;

  /** What keeps logarithms finite in training. */
  private static final double LEAST = 1e-10;

  private final FixedProposals proposals;
  private final LarsSettings settings;
  private final ScalarFunction logit;
  private final Optional<NDArray> current;
  private final DiagonalGaussian proposal;
  private WeightAverage average;

  /**
   * A density.
   *
   * @param proposals estimate Z where it is not given
   * @param settings of the prior
   * @param logit of the acceptance probability
   * @param current Z in training, shape (1)
   */
  LarsDensity(
      FixedProposals proposals,
      LarsSettings settings,
      ScalarFunction logit,
      Optional<NDArray> current) {
    this.proposals = proposals;
    this.settings = settings;
    this.logit = logit;
    this.current = current;
    this.proposal = DiagonalGaussian.standard(proposals.manager(), proposals.size());
  }

  @Override
  public Shape batch() {
    return new Shape();
  }

  @Override
  public Shape event() {
    return proposal.event();
  }

  @Override
  public Kind kind() {
    return Kind.ESTIMATE;
  }

  @Override
  public NDArray logProb(NDArray value) {
    NDArray logProposal = proposal.logProb(value);
    NDArray logAcceptance = Tensors.logSigmoid(logit.of(value));
    NDArray logAlpha;
    NDArray logFactor;
    if (current.isPresent()) {
      NDArray z = Tensors.clamp(Tensors.toFloat64(current.orElseThrow()), LEAST, 1 - LEAST);
      NDArray logRejected = Tensors.multiply(z.neg().add(1).log(), settings.truncation() - 1.0);
      logFactor = logRejected.exp().neg().add(1).log().sub(z.log()).reshape(new Shape());
      logAlpha = logRejected.reshape(new Shape());
    } else {
      double z = estimate();
      logAlpha = Tensors.constant(logAcceptance, logAlpha(z));
      logFactor = Tensors.constant(logAcceptance, Math.log(factor(z)));
    }
    return logProposal.add(LogSpace.logAddExp(logAcceptance.add(logFactor), logAlpha));
  }

  private double logAlpha(double z) {
    return (settings.truncation() - 1) * Math.log1p(-z);
  }

  /** {@code (1 - alpha) / Z}, the expected number of tries; its limit T - 1 at Z = 0. */
  private double factor(double z) {
    return z == 0 ? settings.truncation() - 1 : -Math.expm1(logAlpha(z)) / z;
  }

  private double estimate() {
    return Math.exp(average().log());
  }

  private WeightAverage average() {
    if (average == null) {
      ScalarFunction fixed = logit.detached();
      average =
          proposals.average(settings.normaliserSamples(), z -> Tensors.logSigmoid(fixed.of(z)));
    }
    return average;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Not in training, where the density divides by a running mean.
   */
  @Override
  public Optional<Normaliser> normaliser() {
    if (current.isPresent()) {
      return Optional.empty();
    }
    double z = estimate();
    double count = average().count();
    double variance = z * z * average().relativeVariance();
    double logTwo = Math.log(2 / DELTA);
    double above = Math.sqrt(2 * variance * logTwo / count) + 7 * logTwo / (3 * (count - 1));
    // a(z) may be too small for a number
    double log = Math.log(Math.max(z, Double.MIN_NORMAL));
    double error = factor(z) * Math.sqrt(variance / count);
    return Optional.of(
        new Normaliser(log, error, log + Math.log1p(factor(z) * Math.min(above, 1 - z))));
  }

  /** {@inheritDoc} Exact: each draw takes the random numbers of T tries, needed or not. */
  @Override
  public NDArray sample(Shape leading, Noise noise) {
    int size = proposals.size();
    int draws = Math.toIntExact(leading.size());
    float[] chosen = new float[draws * size];
    boolean[] accepted = new boolean[draws];
    for (int attempt = 1; attempt <= settings.truncation(); attempt++) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray z = noise.normal(proposals.manager(), leading.add(size), DataType.FLOAT32);
        float[] uniform =
            noise.uniform(proposals.manager(), leading.add(1), DataType.FLOAT32).toFloatArray();
        float[] values = z.toFloatArray();
        double[] acceptance = Tensors.toDoubles(Tensors.sigmoid(logit.of(z)));
        for (int i = 0; i < draws; i++) {
          if (!accepted[i]) {
            System.arraycopy(values, i * size, chosen, i * size, size);
            accepted[i] = uniform[i] < acceptance[i];
          }
        }
      }
    }
    return proposals.manager().create(chosen, leading.add(size));
  }

  /** {@inheritDoc} Estimated with the same draws as Z. */
  @Override
  public NDArray mean() {
    double accepted = -Math.expm1(logAlpha(estimate()));
    return proposals.array(
        Arrays.stream(average().mean()).map(value -> accepted * value).toArray());
  }

  @Override
  public LarsDensity map(UnaryOperator<NDArray> change) {
    return new LarsDensity(proposals, settings, logit.map(change), current.map(change));
  }
}
