package org.largevae.networks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.DecoderProvider;

/**
 * Makes {@link GatedMlpDecoder}. Configured as {@code decoder { type = gated-mlp, hidden = [300,
 * 300] }}.
 */
public final class GatedMlpDecoderProvider implements DecoderProvider {
  /** The name in configurations. */
  public static final String NAME = "gated-mlp";

  private static final String DEFAULTS =
      """
      # the sizes of the gated layers, first to last
      hidden = [300, 300]
      """;

  /** Found by {@link java.util.ServiceLoader}. */
  public GatedMlpDecoderProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Gated dense layers to the likelihood's parameters";
  }

  @Override
  public Config defaults() {
    return ConfigFactory.parseString(
        DEFAULTS,
        ConfigParseOptions.defaults().setOriginDescription("defaults of decoder " + NAME));
  }

  @Override
  public Decoder create(Settings settings, ModelShape shape, int parameterCount) {
    return new GatedMlpDecoder(shape, HiddenLayers.from(settings), parameterCount);
  }
}
