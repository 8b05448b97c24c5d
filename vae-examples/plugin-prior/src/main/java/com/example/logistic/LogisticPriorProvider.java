package com.example.logistic;

import org.largevae.api.prior.PriorProvider;

/** Makes {@link LogisticPrior}: {@code prior { type = logistic, init-scale = 0.55 }}. */
public final class LogisticPriorProvider extends PriorProvider<LogisticPriorSettings> {
  /** Found by {@link java.util.ServiceLoader}. */
  public LogisticPriorProvider() {
    super(
        "logistic",
        "Logistic, independent in each latent, mean and scale trained",
        LogisticPriorSettings.class,
        LogisticPrior::new);
  }
}
