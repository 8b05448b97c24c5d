package org.largevae.networks.convolution;

import org.largevae.api.data.DataShape;
import org.largevae.api.network.DecoderProvider;
import org.largevae.testkit.DecoderContract;

class GroupNormalizedResidualDecoderContractTest extends DecoderContract {
  @Override
  protected DecoderProvider<?> provider() {
    return new ResidualConvolutionDecoderProvider();
  }

  @Override
  protected String configuration() {
    return "channels = [4, 2], groups = 2, hidden = 5, normalization = group";
  }

  @Override
  protected DataShape data() {
    return new DataShape(3, 5, 6);
  }
}
