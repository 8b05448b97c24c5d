package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import java.util.Locale;
import org.largevae.api.component.NoSettings;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.objective.Loss;
import org.largevae.api.objective.Objective;

/**
 * Trains the classifier of a {@link DensityRatioPrior} and nothing else: the binary cross-entropy
 * {@code -E_q log D(z) - E_{N(0, I)} log(1 - D(z))} between the latents of examples and draws of
 * N(0, I), D the sigmoid of the logit (Aneja et al. 2021, arXiv:2010.02917, equation 5). No
 * gradient reaches encoder or decoder, so it is for a second stage, with a trained encoder and
 * decoder that stand still.
 *
 * @param settings none
 */
public record NoiseContrastiveObjective(NoSettings settings) implements Objective {

  /** The objective, which has no settings. */
  public NoiseContrastiveObjective() {
    this(new NoSettings());
  }

  @Override
  public Loss loss(Draws draws, double beta) {
    Bound bound = draws.bound();
    Bound.Level top = bound.levels().get(0);
    if (bound.levels().size() != 1 || !(top.prior() instanceof DensityRatioDensity prior)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "training.objective.type = \"%s\": trains nothing but a prior of type %s in a model"
                  + " with one level of latents; set model.prior.type = %2$s, or choose another"
                  + " objective",
              NoiseContrastiveProvider.NAME,
              DensityRatioPriorProvider.NAME));
    }
    NDArray value = prior.crossEntropy(top.draw().value());
    return new Loss(
        value, bound.reconstruction().mean().stopGradient(), bound.kl().mean().stopGradient());
  }

  @Override
  public boolean trainsPriorAlone() {
    return true;
  }
}
