package org.largevae.networks.convolution;

import org.largevae.api.network.EncoderProvider;

/** Makes {@link GatedConvolutionEncoder}: {@code encoder { type = gated-convolution }}. */
public final class GatedConvolutionEncoderProvider
    extends EncoderProvider<GatedConvolutionEncoderSettings> {
  /** The name in configurations. */
  public static final String NAME = "gated-convolution";

  /** Found by {@link java.util.ServiceLoader}. */
  public GatedConvolutionEncoderProvider() {
    super(
        NAME,
        "Gated convolutions of a picture to the posterior's parameters",
        GatedConvolutionEncoderSettings.class,
        GatedConvolutionEncoder::new);
  }
}
