package org.largevae.networks;

import org.largevae.api.network.EncoderProvider;

/** Makes {@link MlpEncoder}: {@code encoder { type = mlp, hidden = [300, 300] }}. */
public final class MlpEncoderProvider extends EncoderProvider<MlpSettings> {
  /** The name in configurations. */
  public static final String NAME = "mlp";

  /** Found by {@link java.util.ServiceLoader}. */
  public MlpEncoderProvider() {
    super(
        NAME,
        "Plain dense layers to the posterior's parameters",
        MlpSettings.class,
        MlpEncoder::new);
  }
}
