package org.largevae.networks.pixel;

import org.largevae.api.network.DecoderProvider;

/**
 * Makes {@link GatedPixelCnnDecoder}: {@code decoder { type = gated-pixelcnn, layers = 8, channels
 * = 32 }}.
 */
public final class GatedPixelCnnDecoderProvider extends DecoderProvider<GatedPixelCnnSettings> {
  /** The name in configurations. */
  public static final String NAME = "gated-pixelcnn";

  /** Found by {@link java.util.ServiceLoader}. */
  public GatedPixelCnnDecoderProvider() {
    super(
        NAME,
        "Two gated stacks of convolutions: each pixel given all before it; for pictures",
        GatedPixelCnnSettings.class,
        GatedPixelCnnDecoder::new);
  }
}
