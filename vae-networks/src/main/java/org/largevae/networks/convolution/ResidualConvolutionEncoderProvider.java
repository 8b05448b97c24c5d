package org.largevae.networks.convolution;

import org.largevae.api.network.EncoderProvider;

/** Makes {@link ResidualConvolutionEncoder}: {@code encoder { type = residual-convolution }}. */
public final class ResidualConvolutionEncoderProvider
    extends EncoderProvider<ResidualConvolutionSettings> {
  /** The name in configurations. */
  public static final String NAME = "residual-convolution";

  /** Found by {@link java.util.ServiceLoader}. */
  public ResidualConvolutionEncoderProvider() {
    super(
        NAME,
        "A residual convolutional network of a picture to the posterior's parameters",
        ResidualConvolutionSettings.class,
        ResidualConvolutionEncoder::new);
  }
}
