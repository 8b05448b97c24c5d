package org.largevae.priors.reweighted;

import org.largevae.api.prior.PriorProvider;

/** Makes {@link DensityRatioPrior}: {@code prior { type = density-ratio }}. */
public final class DensityRatioPriorProvider extends PriorProvider<DensityRatioSettings> {
  /** The name in configurations. */
  public static final String NAME = "density-ratio";

  /** Found by {@link java.util.ServiceLoader}. */
  public DensityRatioPriorProvider() {
    super(
        NAME,
        "Noise-contrastive prior, p(z) = N(z | 0, I) r(z) / Z, the odds r of a classifier, an"
            + " estimated density",
        DensityRatioSettings.class,
        DensityRatioPrior::new);
  }
}
