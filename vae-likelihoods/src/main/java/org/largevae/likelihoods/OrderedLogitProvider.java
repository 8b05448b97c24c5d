package org.largevae.likelihoods;

import org.largevae.api.component.NoSettings;
import org.largevae.api.likelihood.LikelihoodProvider;

/** Makes {@link OrderedLogit}: {@code likelihood { type = ordinal }}; it has no keys. */
public final class OrderedLogitProvider extends LikelihoodProvider<NoSettings> {
  /** The name in configurations. */
  public static final String NAME = "ordinal";

  /** Found by {@link java.util.ServiceLoader}. */
  public OrderedLogitProvider() {
    super(
        NAME,
        "Independent levels with an order, the decoder gives the thresholds between them",
        NoSettings.class,
        (settings, data) -> new OrderedLogit(data));
  }
}
