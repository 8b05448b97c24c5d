package org.largevae.likelihoods;

import org.largevae.api.likelihood.LikelihoodProvider;

/** Makes {@link Columns}: {@code likelihood { type = columns, real = student-t }}. */
public final class ColumnsProvider extends LikelihoodProvider<ColumnsSettings> {
  /** The name in configurations. */
  public static final String NAME = "columns";

  /** Found by {@link java.util.ServiceLoader}. */
  public ColumnsProvider() {
    super(
        NAME,
        "Tables of mixed kinds, a likelihood for the columns of each kind",
        ColumnsSettings.class,
        Columns::new);
  }
}
