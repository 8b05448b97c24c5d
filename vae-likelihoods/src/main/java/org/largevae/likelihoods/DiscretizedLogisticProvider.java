package org.largevae.likelihoods;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.likelihood.LikelihoodProvider;

/**
 * 256 grey levels, each with the mass that a logistic distribution has in its bin of width 1/256:
 * {@code p(x_d|z) = sigmoid((b + 1/256 - mu) / s) - sigmoid((b - mu) / s)}, {@code b = floor(256
 * x_d) / 256} (Kingma et al. 2016, arXiv:1606.04934, appendix; Salimans et al. 2017,
 * arXiv:1701.05517, equation 2). The decoder gives {@code location} and {@code log-scale}: {@code
 * mu = sigmoid(location)} clamped to [1/512, 1 - 1/512], {@code log s = log-scale} clamped as
 * configured.
 *
 * <p>The keys with their defaults:
 *
 * <pre>{@code
 * likelihood {
 *   type = discretized-logistic
 *   tails = folded         // or paper; see Tails
 *   log-scale-min = -4.5   // between -10 and 2; exp(-4.5) is about three grey levels
 *   log-scale-max = 0
 * }
 * }</pre>
 */
public final class DiscretizedLogisticProvider implements LikelihoodProvider {
  /** Its name in a configuration. */
  public static final String NAME = "discretized-logistic";

  private static final String DEFAULTS =
      """
      # what becomes of the mass outside [0, 1]: folded (the sum is 1), or paper (it is lost)
      tails = folded
      # log s is clamped to these bounds, which lie between -10 and 2
      log-scale-min = -4.5
      log-scale-max = 0
      """;

  /** Found by {@link java.util.ServiceLoader}. */
  public DiscretizedLogisticProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "256 grey levels, each with a logistic distribution's mass in its bin";
  }

  @Override
  public Config defaults() {
    return ConfigFactory.parseString(
        DEFAULTS, ConfigParseOptions.defaults().setOriginDescription("defaults of " + NAME));
  }

  @Override
  public Likelihood create(Settings settings, ModelShape shape) {
    return new DiscretizedLogistic(DiscretizedLogisticConfig.from(settings));
  }
}
