package org.largevae.priors.diffusion;

import org.largevae.api.prior.PriorProvider;

/** Makes {@link LatentDiffusion}: {@code prior { type = latent-diffusion, steps = 100 }}. */
public final class LatentDiffusionProvider extends PriorProvider<LatentDiffusionSettings> {
  /** The name in configurations. */
  public static final String NAME = "latent-diffusion";

  /** Found by {@link java.util.ServiceLoader}. */
  public LatentDiffusionProvider() {
    super(
        NAME,
        "Variational diffusion in latent space, p(z) = int p(z_T) prod_t p(z_t-1 | z_t), a lower"
            + " bound of log p(z)",
        LatentDiffusionSettings.class,
        LatentDiffusion::new);
  }
}
