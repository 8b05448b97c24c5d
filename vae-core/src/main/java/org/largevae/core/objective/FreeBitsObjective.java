package org.largevae.core.objective;

import ai.djl.ndarray.NDArray;
import java.util.Locale;
import org.largevae.api.component.ClassNames;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.objective.Loss;
import org.largevae.api.objective.Objective;
import org.largevae.api.tensor.Tensors;

/**
 * The negative evidence lower bound in which each group of latents may carry some information for
 * nothing: {@code -E_q[log p(x|z)] + beta sum_g max(nats, KL_g)}, KL_g the mean over the batch
 * (Kingma et al. 2016, arXiv:1606.04934, appendix C.8). A cure for latents that are never used.
 *
 * @param settings how much is free, and the groups
 */
public record FreeBitsObjective(FreeBitsSettings settings) implements Objective {

  /** Checks the settings. */
  public FreeBitsObjective {
    SettingsSchema.check(settings);
  }

  @Override
  public Loss loss(Draws draws, double beta) {
    Bound bound = draws.bound();
    NDArray reconstruction = bound.reconstruction().mean();
    NDArray kl = bound.kl().mean();
    NDArray charged = bound.levels().stream().map(this::charged).reduce(NDArray::add).orElseThrow();
    return new Loss(Tensors.multiply(charged, beta).sub(reconstruction), reconstruction, kl);
  }

  private NDArray charged(Bound.Level level) {
    NDArray groups =
        settings.per() == FreeBitsSettings.Group.LEVEL ? level.kl().mean() : each(level);
    return Tensors.clamp(groups, settings.nats(), Double.POSITIVE_INFINITY).sum();
  }

  /** KL of each latent, shape (M). */
  private static NDArray each(Bound.Level level) {
    if (level.posterior() instanceof Factorised posterior
        && level.prior() instanceof Factorised prior) {
      NDArray z = level.draw().value();
      NDArray terms = posterior.logProbEach(z).sub(prior.logProbEach(z));
      return terms.mean(new int[] {0}).mean(new int[] {0});
    }
    throw new ConfigurationException(
        String.format(
            Locale.ROOT,
            "training.objective.per = latent: the latents of a %s under a %s are not independent"
                + " of each other; use per = level, with nats for a whole level",
            ClassNames.of(level.posterior().getClass()),
            ClassNames.of(level.prior().getClass())));
  }
}
