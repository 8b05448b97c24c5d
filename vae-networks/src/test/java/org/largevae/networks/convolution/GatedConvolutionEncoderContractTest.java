package org.largevae.networks.convolution;

import org.largevae.api.data.DataShape;
import org.largevae.api.network.EncoderProvider;
import org.largevae.testkit.EncoderContract;

class GatedConvolutionEncoderContractTest extends EncoderContract {
  @Override
  protected EncoderProvider<?> provider() {
    return new GatedConvolutionEncoderProvider();
  }

  @Override
  protected String configuration() {
    return "channels = [3, 2], strides = [2, 1], hidden = 5";
  }

  @Override
  protected DataShape data() {
    return new DataShape(1, 5, 6);
  }
}
