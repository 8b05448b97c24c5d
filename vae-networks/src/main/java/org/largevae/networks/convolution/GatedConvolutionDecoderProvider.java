package org.largevae.networks.convolution;

import org.largevae.api.network.DecoderProvider;

/** Makes {@link GatedConvolutionDecoder}: {@code decoder { type = gated-convolution }}. */
public final class GatedConvolutionDecoderProvider
    extends DecoderProvider<GatedConvolutionDecoderSettings> {
  /** The name in configurations. */
  public static final String NAME = "gated-convolution";

  /** Found by {@link java.util.ServiceLoader}. */
  public GatedConvolutionDecoderProvider() {
    super(
        NAME,
        "Gated convolutions at the picture's size to the likelihood's parameters",
        GatedConvolutionDecoderSettings.class,
        GatedConvolutionDecoder::new);
  }
}
