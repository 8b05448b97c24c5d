package org.largevae.likelihoods;

import org.largevae.api.component.NoSettings;
import org.largevae.api.likelihood.LikelihoodProvider;

/** Makes {@link Poisson}: {@code likelihood { type = poisson }}; it has no keys. */
public final class PoissonProvider extends LikelihoodProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "poisson";

  /** Found by {@link java.util.ServiceLoader}. */
  public PoissonProvider() {
    super(
        NAME,
        "Independent counts, the decoder gives the log of their mean",
        NoSettings.class,
        (settings, data) -> new Poisson(data));
  }
}
