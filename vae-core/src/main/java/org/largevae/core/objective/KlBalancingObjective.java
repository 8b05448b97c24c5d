package org.largevae.core.objective;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.objective.Loss;
import org.largevae.api.objective.Objective;
import org.largevae.api.tensor.Tensors;

/**
 * The negative evidence lower bound whose levels are balanced while KL warms up: {@code -E_q[log
 * p(x|z)] + beta sum_l c_l KL_l} with {@code c_l ~ E|KL_l| + 0.01}, of mean 1 over the levels,
 * while beta is below 1, and {@code c_l = 1} from then on (Vahdat and Kautz 2020, arXiv:2007.03898,
 * appendix A, with all levels of one scale). A level that says little is charged little, so that it
 * is not given up before it is of use. No gradient flows through c_l. With one level, or from the
 * end of the warm-up on, it is the evidence lower bound.
 *
 * <p>With {@code nats} above 0 each level's KL is {@code max(nats, KL_l)}, KL_l the mean over the
 * batch, as with {@link FreeBitsObjective}; c_l is of the whole divergence.
 *
 * @param settings how much is free in each level
 */
public record KlBalancingObjective(KlBalancingSettings settings) implements Objective {
  /** So that a level of no divergence is not charged nothing for ever. */
  private static final double LEAST = 0.01;

  /** Checks the settings. */
  public KlBalancingObjective {
    SettingsSchema.check(settings);
  }

  /** Without free nats. */
  public KlBalancingObjective() {
    this(new KlBalancingSettings(0));
  }

  @Override
  public Loss loss(Draws draws, double beta) {
    Bound bound = draws.bound();
    List<NDArray> terms = bound.levels().stream().map(Bound.Level::kl).toList();
    List<NDArray> charged = new ArrayList<>(terms.stream().map(this::charged).toList());
    if (beta < 1) {
      List<NDArray> shares = shares(terms);
      for (int level = 0; level < charged.size(); level++) {
        charged.set(level, charged.get(level).mul(shares.get(level)));
      }
    }
    NDArray reconstruction = bound.reconstruction().mean();
    NDArray kl = bound.kl().mean();
    return new Loss(Tensors.multiply(sum(charged), beta).sub(reconstruction), reconstruction, kl);
  }

  private NDArray charged(NDArray terms) {
    NDArray kl = terms.mean();
    // without free nats not even at 0: the terms' mean may be below
    return settings.nats() == 0 ? kl : Tensors.clamp(kl, settings.nats(), Double.POSITIVE_INFINITY);
  }

  /** c_l of each level, scalars of mean 1. */
  private static List<NDArray> shares(List<NDArray> terms) {
    List<NDArray> sizes =
        terms.stream().map(each -> each.stopGradient().abs().mean().add(LEAST)).toList();
    NDArray mean = Tensors.multiply(sum(sizes), 1.0 / sizes.size());
    return sizes.stream().map(size -> size.div(mean)).toList();
  }

  private static NDArray sum(List<NDArray> scalars) {
    return scalars.stream().reduce(NDArray::add).orElseThrow();
  }
}
