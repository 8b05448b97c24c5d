package org.largevae.networks;

import org.largevae.api.network.EncoderProvider;

/** Makes {@link GatedMlpEncoder}: {@code encoder { type = gated-mlp, hidden = [300, 300] }}. */
public final class GatedMlpEncoderProvider extends EncoderProvider<GatedMlpSettings> {
  /** The name in configurations. */
  public static final String NAME = "gated-mlp";

  /** Found by {@link java.util.ServiceLoader}. */
  public GatedMlpEncoderProvider() {
    super(
        NAME,
        "Gated dense layers to the posterior's parameters",
        GatedMlpSettings.class,
        GatedMlpEncoder::new);
  }
}
