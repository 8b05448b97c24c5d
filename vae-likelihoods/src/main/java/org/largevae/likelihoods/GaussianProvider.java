package org.largevae.likelihoods;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.likelihood.LikelihoodProvider;

/**
 * Independent Gaussian values: {@code log p(x|z) = -1/2 sum_d (log 2 pi + log sigma_d^2 + (x_d -
 * mu_d)^2 / sigma_d^2)} (Kingma and Welling 2014, arXiv:1312.6114, appendix C.2). The decoder gives
 * {@code mean} (mu, as it is) and {@code log-variance}, clamped as configured.
 *
 * <p>For real values, best standardised, since the default clamp fits deviations from 0.05 to 2.7;
 * and for 8-bit images as values of [0, 1], where the result is a density per unit of intensity,
 * not a probability of grey levels: add {@code D log(1/256)} to set it beside {@code
 * discretized-logistic}. There, and on any data with repeated values, the lower clamp alone keeps
 * the density from growing without bound. It does not take binary data for the same reason: nothing
 * but that clamp would be measured.
 *
 * <p>The keys with their defaults; equal bounds fix the variance:
 *
 * <pre>{@code
 * likelihood {
 *   type = gaussian
 *   log-variance-min = -6   // between -20 and 20
 *   log-variance-max = 2
 * }
 * }</pre>
 */
public final class GaussianProvider implements LikelihoodProvider {
  /** Its name in a configuration. */
  public static final String NAME = "gaussian";

  private static final String DEFAULTS =
      """
      # log sigma^2 is clamped to these bounds, which lie between -20 and 20
      log-variance-min = -6
      log-variance-max = 2
      """;

  /** Found by {@link java.util.ServiceLoader}. */
  public GaussianProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Independent Gaussian values, the decoder gives mean and log variance";
  }

  @Override
  public Config defaults() {
    return ConfigFactory.parseString(
        DEFAULTS, ConfigParseOptions.defaults().setOriginDescription("defaults of " + NAME));
  }

  @Override
  public Likelihood create(Settings settings, ModelShape shape) {
    return new Gaussian(GaussianConfig.from(settings), shape.support());
  }
}
