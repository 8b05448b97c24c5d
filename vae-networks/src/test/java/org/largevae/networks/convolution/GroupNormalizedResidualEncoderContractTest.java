package org.largevae.networks.convolution;

import org.largevae.api.data.DataShape;
import org.largevae.api.network.EncoderProvider;
import org.largevae.testkit.EncoderContract;

class GroupNormalizedResidualEncoderContractTest extends EncoderContract {
  @Override
  protected EncoderProvider<?> provider() {
    return new ResidualConvolutionEncoderProvider();
  }

  @Override
  protected String configuration() {
    return "channels = [4, 2], groups = 2, hidden = 5, normalization = group";
  }

  @Override
  protected DataShape data() {
    return new DataShape(1, 5, 6);
  }
}
