package org.largevae.networks;

import org.largevae.api.network.DecoderProvider;

/** Makes {@link MlpDecoder}: {@code decoder { type = mlp, hidden = [300, 300] }}. */
public final class MlpDecoderProvider extends DecoderProvider<MlpSettings> {
  /** The name in configurations. */
  public static final String NAME = "mlp";

  /** Found by {@link java.util.ServiceLoader}. */
  public MlpDecoderProvider() {
    super(
        NAME,
        "Plain dense layers to the likelihood's parameters",
        MlpSettings.class,
        MlpDecoder::new);
  }
}
