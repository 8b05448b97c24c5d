package org.largevae.priors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;

/**
 * Makes {@link VampPrior}. Configured as {@code prior { type = vampprior, pseudo-inputs = 500 }}.
 */
public final class VampPriorProvider implements PriorProvider {
  /** The name in configurations. */
  public static final String NAME = "vampprior";

  private static final String DEFAULTS =
      """
      # K, the number of pseudo-inputs
      pseudo-inputs = 500
      # where they start: normal, or training-data (random training examples with noise)
      init = normal
      # of a normal start
      init-mean = 0.05
      init-standard-deviation = 0.01
      # the standard deviation of the noise added to training examples
      init-noise = 0.01
      """;

  /** Found by {@link java.util.ServiceLoader}. */
  public VampPriorProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Variational mixture of posteriors, p(z) = 1/K sum_k q(z | u_k), trained pseudo-inputs";
  }

  @Override
  public Config defaults() {
    return ConfigFactory.parseString(
        DEFAULTS, ConfigParseOptions.defaults().setOriginDescription("defaults of " + NAME));
  }

  @Override
  public Prior create(Settings settings, ModelShape shape) {
    return new VampPrior(VampPriorConfig.from(settings), shape);
  }
}
