package org.largevae.networks;

import org.largevae.api.network.DecoderProvider;

/** Makes {@link GatedMlpDecoder}: {@code decoder { type = gated-mlp, hidden = [300, 300] }}. */
public final class GatedMlpDecoderProvider extends DecoderProvider<GatedMlpSettings> {
  /** The name in configurations. */
  public static final String NAME = "gated-mlp";

  /** Found by {@link java.util.ServiceLoader}. */
  public GatedMlpDecoderProvider() {
    super(
        NAME,
        "Gated dense layers to the likelihood's parameters",
        GatedMlpSettings.class,
        GatedMlpDecoder::new);
  }
}
