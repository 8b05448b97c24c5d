package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/**
 * The bound of {@link SnisPrior} in one pass. Where the pass does not train, what is in the
 * logarithm is averaged over R sets of proposals that are always the same, taken when they are
 * first asked for: {@code log N(z | 0, I) - U(z) + log 1/R sum_r K / (exp(-U(z)) + sum_j
 * exp(-U(z_rj)))}. In expectation over the sets it is a lower bound for every R, and rises with it
 * to the log-density itself; one choice of the sets may lie above by chance, by about 1 / sqrt(R
 * K).
 */
final class SnisDensity implements Density {
  /** Of the sets of proposals. */
  static final long SEED = 20191031;

  private static final int AT_ONCE = 8192;

  private final FixedProposals proposals;
  private final SnisSettings settings;
  private final ScalarFunction logWeight;
  private final Optional<NDArray> current;
  private final DiagonalGaussian proposal;
  private Sets sets;

  /** The log of the sum of weights of K - 1 proposals, a set each, and the mean of the picked. */
  private record Sets(double[] logSums, double[] mean) {}

  /**
   * A bound.
   *
   * @param proposals make up the sets where none is given
   * @param settings of the prior
   * @param logWeight -U
   * @param current in training, the log of the sum of weights of one set, shape (1)
   */
  SnisDensity(
      FixedProposals proposals,
      SnisSettings settings,
      ScalarFunction logWeight,
      Optional<NDArray> current) {
    this.proposals = proposals;
    this.settings = settings;
    this.logWeight = logWeight;
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
    return Kind.LOWER_BOUND;
  }

  @Override
  public NDArray logProb(NDArray value) {
    NDArray logProposal = proposal.logProb(value);
    NDArray own = logWeight.of(value);
    NDArray others = current.orElseGet(() -> proposals.array(sets().logSums()));
    NDArray logSums = LogSpace.logAddExp(own.expandDims(own.getShape().dimension()), others);
    double constant = Math.log(settings.proposals()) - Math.log(others.getShape().get(0));
    return logProposal.add(own).add(Tensors.logSumExpLast(logSums.neg()).add(constant));
  }

  private Sets sets() {
    if (sets == null) {
      int size = settings.proposals();
      List<Double> logSums = new ArrayList<>();
      double[] mean = new double[proposals.size()];
      ScalarFunction fixed = logWeight.detached();
      proposals.forEach(
          (long) settings.evaluationSets() * size,
          Math.max(1, AT_ONCE / size) * size,
          z -> {
            float[] values = z.toFloatArray();
            double[] logWeights = Tensors.toDoubles(fixed.of(z));
            for (int from = 0; from < logWeights.length; from += size) {
              double[] ofSet = Arrays.copyOfRange(logWeights, from, from + size);
              // the first stands in the place of the value whose density is asked for
              logSums.add(logSumExp(ofSet, 1));
              double[] picked = picked(values, from, ofSet);
              Arrays.setAll(mean, m -> mean[m] + picked[m] / settings.evaluationSets());
            }
          });
      sets = new Sets(logSums.stream().mapToDouble(sum -> sum).toArray(), mean);
    }
    return sets;
  }

  /** The mean of what is picked from a set. */
  private double[] picked(float[] values, int from, double[] logWeights) {
    int size = proposals.size();
    WeightAverage average = new WeightAverage(size);
    int to = from + logWeights.length;
    average.add(Arrays.copyOfRange(values, from * size, to * size), logWeights);
    return average.mean();
  }

  private static double logSumExp(double[] values, int from) {
    double[] chosen = Arrays.copyOfRange(values, from, values.length);
    double largest = Arrays.stream(chosen).max().orElse(Double.NEGATIVE_INFINITY);
    return largest == Double.NEGATIVE_INFINITY
        ? largest
        : largest + Math.log(Arrays.stream(chosen).map(v -> Math.exp(v - largest)).sum());
  }

  /** {@inheritDoc} Exact. */
  @Override
  public NDArray sample(Shape leading, Noise noise) {
    return new Resampling(
            proposals.manager(), proposals.size(), settings.proposals(), logWeight::of)
        .sample(leading, noise);
  }

  /** {@inheritDoc} Estimated with the sets of proposals. */
  @Override
  public NDArray mean() {
    return proposals.array(sets().mean());
  }

  @Override
  public SnisDensity map(UnaryOperator<NDArray> change) {
    return new SnisDensity(proposals, settings, logWeight.map(change), current.map(change));
  }
}
