package com.example.mixture;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;

/** Makes {@link GaussianMixture}. Configured as {@code prior { type = gaussian-mixture }}. */
public final class GaussianMixtureProvider implements PriorProvider {
  /** The name in configurations. */
  public static final String NAME = "gaussian-mixture";

  private static final String DEFAULTS =
      """
      # K, the number of Gaussians
      components = 10
      # the standard deviation of their means at the start
      init-spread = 1
      # log sigma^2 at the start
      init-log-variance = 0
      # bounds of log sigma^2
      log-variance-min = -6
      log-variance-max = 4
      """;

  /** Found by {@link java.util.ServiceLoader}. */
  public GaussianMixtureProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Mixture of Gaussians, p(z) = sum_k w_k N(z | mu_k, sigma_k^2), all learnt";
  }

  @Override
  public Config defaults() {
    return ConfigFactory.parseString(
        DEFAULTS, ConfigParseOptions.defaults().setOriginDescription("defaults of " + NAME));
  }

  @Override
  public Prior create(Settings settings, ModelShape shape) {
    return new GaussianMixture(GaussianMixtureConfig.from(settings), shape.latentSize());
  }
}
