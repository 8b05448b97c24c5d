package org.largevae.networks.pixel;

import org.largevae.api.network.DecoderProvider;

/**
 * Makes {@link PixelCnnDecoder}: {@code decoder { type = pixelcnn, layers = 8, channels = 64 }}.
 */
public final class PixelCnnDecoderProvider extends DecoderProvider<PixelCnnSettings> {
  /** The name in configurations. */
  public static final String NAME = "pixelcnn";

  /** Found by {@link java.util.ServiceLoader}. */
  public PixelCnnDecoderProvider() {
    super(
        NAME,
        "Masked convolutions: each pixel given those before it; for pictures",
        PixelCnnSettings.class,
        PixelCnnDecoder::new);
  }
}
