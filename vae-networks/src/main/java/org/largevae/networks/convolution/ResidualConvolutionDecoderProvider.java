package org.largevae.networks.convolution;

import org.largevae.api.network.DecoderProvider;

/** Makes {@link ResidualConvolutionDecoder}: {@code decoder { type = residual-convolution }}. */
public final class ResidualConvolutionDecoderProvider
    extends DecoderProvider<ResidualConvolutionSettings> {
  /** The name in configurations. */
  public static final String NAME = "residual-convolution";

  /** Found by {@link java.util.ServiceLoader}. */
  public ResidualConvolutionDecoderProvider() {
    super(
        NAME,
        "A residual convolutional network to the likelihood's parameters of a picture",
        ResidualConvolutionSettings.class,
        ResidualConvolutionDecoder::new);
  }
}
