package org.largevae.networks.convolution;

import org.largevae.api.data.DataShape;
import org.largevae.api.network.DecoderProvider;
import org.largevae.testkit.DecoderContract;

class GatedConvolutionDecoderContractTest extends DecoderContract {
  @Override
  protected DecoderProvider<?> provider() {
    return new GatedConvolutionDecoderProvider();
  }

  @Override
  protected String configuration() {
    return "hidden = 4, channels = [3, 2]";
  }

  @Override
  protected DataShape data() {
    return new DataShape(3, 5, 6);
  }
}
