package org.largevae.networks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.Locale;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.EncoderProvider;

/**
 * Makes {@link GatedMlpEncoder}. Configured as {@code encoder { type = gated-mlp, hidden = [300,
 * 300] }}.
 */
public final class GatedMlpEncoderProvider implements EncoderProvider {
  /** The name in configurations. */
  public static final String NAME = "gated-mlp";

  private static final String DEFAULTS =
      """
      # the sizes of the gated layers, first to last
      hidden = [300, 300]
      # bounds of log sigma^2
      log-variance-min = -6
      log-variance-max = 2
      """;

  /** Beyond this a variance or its inverse overflows float32. */
  private static final double LARGEST_LOG_VARIANCE = 80;

  /** Found by {@link java.util.ServiceLoader}. */
  public GatedMlpEncoderProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Gated dense layers to a diagonal Gaussian posterior";
  }

  @Override
  public Config defaults() {
    return ConfigFactory.parseString(
        DEFAULTS,
        ConfigParseOptions.defaults().setOriginDescription("defaults of encoder " + NAME));
  }

  @Override
  public Encoder create(Settings settings, ModelShape shape) {
    double least = logVariance(settings, "log-variance-min");
    double greatest = logVariance(settings, "log-variance-max");
    if (!(least < greatest)) {
      throw settings.fault(
          "log-variance-min",
          String.format(
              Locale.ROOT,
              "must be below %s = %s",
              settings.fullKey("log-variance-max"),
              greatest));
    }
    return new GatedMlpEncoder(shape, HiddenLayers.from(settings), least, greatest);
  }

  private static double logVariance(Settings settings, String key) {
    return settings.number(key, -LARGEST_LOG_VARIANCE, LARGEST_LOG_VARIANCE);
  }
}
