package org.largevae.networks.ladder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/**
 * One level's factor of a VampPrior over all levels, {@code p(z_1..z_L) = sum_k w_k prod_l q(z_l |
 * z above, u_k)}: by the chain rule {@code p(z_l | z above) = sum_k w_k(z above) q(z_l | z above,
 * u_k)} with {@code w_k(z above) ~ w_k prod_{j above} q(z_j | z above it, u_k)}. The components are
 * what each pseudo-input says, merged with the network's p(z_l | z above).
 */
final class JointVampPrior implements Density {
  /**
   * JointPairs of a draw's latent and a pseudo-input at once: 4 MiB an array, fastest of what fits.
   */
  private static final long VALUES_AT_ONCE = 1L << 20;

  private final DiagonalGaussian evidence;
  private final DiagonalGaussian conditional;
  private final NDArray logWeights;
  private NDArray lastValue;
  private NDArray lastLogs;

  /**
   * A level's factor.
   *
   * @param evidence what the pseudo-inputs say of the level, a batch (K) over (M)
   * @param conditional what the level above says of it, a batch (...) over (M)
   * @param logWeights up to a constant, shape (..., K)
   */
  JointVampPrior(DiagonalGaussian evidence, DiagonalGaussian conditional, NDArray logWeights) {
    this.evidence = evidence;
    this.conditional = conditional;
    this.logWeights = logWeights;
  }

  @Override
  public Shape batch() {
    return conditional.batch();
  }

  @Override
  public Shape event() {
    return conditional.event();
  }

  @Override
  public NDArray logProb(NDArray value) {
    return Tensors.logSumExpLast(logShares(value)).sub(Tensors.logSumExpLast(logWeights));
  }

  /**
   * {@code log w_k(z above) + log q(z_l | z above, u_k)}: the weights of the next level below.
   *
   * @param value shape (..., M)
   * @return up to a constant, shape (..., K)
   */
  NDArray logShares(NDArray value) {
    // the density of a level and the weights of the level below ask for the same
    if (value != lastValue) {
      lastLogs = logWeights.add(componentLogs(value));
      lastValue = value;
    }
    return lastLogs;
  }

  private NDArray componentLogs(NDArray value) {
    long components = evidence.mean().getShape().get(0);
    long atOnce = Math.max(1, VALUES_AT_ONCE / Math.max(1, value.size()));
    int rank = value.getShape().dimension();
    JointPairs pairs = new JointPairs(value, conditional);
    if (atOnce >= components) {
      return Tensors.toFloat64(pairs.logs(evidence));
    }
    NDList blocks = new NDList();
    for (long from = 0; from < components; from += atOnce) {
      blocks.add(block(pairs, from + ":" + Math.min(components, from + atOnce)));
    }
    NDArray all = NDArrays.concat(blocks, rank - 1);
    blocks.close();
    return all;
  }

  /** In a scope of its own; what backward needs of its arrays the engine keeps. */
  private NDArray block(JointPairs pairs, String components) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray logs =
          Tensors.toFloat64(pairs.logs(evidence.map(parameter -> parameter.get(components))));
      NDScope.unregister(logs);
      return logs;
    }
  }

  /**
   * The log-densities of all pairs of a draw and a merged component. With precisions a of the
   * evidence {@code N(m, 1/a)} and b of the prior {@code N(p, 1/b)} the merged component's
   * log-density is {@code -1/2 sum_m (log 2 pi - log(a + b) + (a (z - m) + b (z - p))^2 / (a +
   * b))}, at half the cost of making each merged Gaussian first.
   */
  private static final class JointPairs {
    private static final double LOG_2PI = Math.log(2 * Math.PI);

    private final NDArray value;
    private final NDArray precision;
    private final NDArray pull;

    JointPairs(NDArray value, DiagonalGaussian conditional) {
      NDArray b = conditional.logVariance().neg().exp();
      NDArray pulled = value.sub(conditional.mean()).mul(b);
      int axis = value.getShape().dimension() - 1;
      this.value = value.expandDims(axis);
      this.precision = b.expandDims(b.getShape().dimension() - 1);
      this.pull = pulled.expandDims(axis);
    }

    /** Shape (..., k). */
    NDArray logs(DiagonalGaussian evidence) {
      NDArray a = evidence.logVariance().neg().exp();
      // the root first: squares of precisions would leave float32's range
      NDArray root = precision.add(a).sqrt();
      NDArray squares = value.sub(evidence.mean()).mul(a).add(pull).div(root).square();
      NDArray sum = Tensors.sumLast(squares).add(evidence.event().get(0) * LOG_2PI);
      return Tensors.sumLast(root.log()).sub(Tensors.multiply(sum, 0.5));
    }
  }

  /** Chooses a pseudo-input for each draw by its weight, then draws from its component. */
  @Override
  public NDArray sample(Shape leading, Noise noise) {
    Shape batch = batch();
    long components = evidence.mean().getShape().get(0);
    NDManager manager = logWeights.getManager();
    NDArray cumulative = logWeights.softmax(-1).cumSum(logWeights.getShape().dimension() - 1);
    NDArray uniform = noise.uniform(manager, leading.addAll(batch).add(1), DataType.FLOAT64);
    NDArray below =
        cumulative
            .lt(uniform)
            .toType(DataType.INT64, false)
            .sum(new int[] {leading.dimension() + batch.dimension()});
    NDArray chosen = below.minimum(manager.full(new Shape(), components - 1, DataType.INT64));
    NDArray rows = chosen.reshape(new Shape(chosen.size()));
    Shape shape = leading.addAll(batch).addAll(event());
    DiagonalGaussian some = evidence.map(parameter -> Tensors.rows(parameter, rows).reshape(shape));
    return LadderDistributions.merged(some, conditional).sample(new Shape(), noise);
  }

  @Override
  public NDArray mean() {
    int rank = conditional.mean().getShape().dimension();
    DiagonalGaussian merged =
        LadderDistributions.merged(evidence, conditional.map(p -> p.expandDims(rank - 1)));
    NDArray weights = logWeights.softmax(-1).toType(merged.mean().getDataType(), false);
    return merged.mean().mul(weights.expandDims(rank)).sum(new int[] {rank - 1});
  }

  @Override
  public Density map(UnaryOperator<NDArray> change) {
    return new JointVampPrior(evidence, conditional.map(change), change.apply(logWeights));
  }
}
