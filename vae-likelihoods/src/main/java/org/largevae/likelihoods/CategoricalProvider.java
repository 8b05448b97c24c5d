package org.largevae.likelihoods;

import org.largevae.api.component.NoSettings;
import org.largevae.api.likelihood.LikelihoodProvider;

/** Makes {@link Categorical}: {@code likelihood { type = categorical }}; it has no keys. */
public final class CategoricalProvider extends LikelihoodProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "categorical";

  /** Found by {@link java.util.ServiceLoader}. */
  public CategoricalProvider() {
    super(
        NAME,
        "Independent categories or grey levels, the decoder gives a logit for each",
        NoSettings.class,
        (settings, data) -> new Categorical(data));
  }
}
