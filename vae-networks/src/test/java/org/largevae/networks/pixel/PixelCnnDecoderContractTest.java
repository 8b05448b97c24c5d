package org.largevae.networks.pixel;

import java.util.List;
import org.largevae.api.network.DecoderProvider;
import org.largevae.testkit.DecoderContract;

class PixelCnnDecoderContractTest extends DecoderContract {
  @Override
  protected DecoderProvider<?> provider() {
    return new PixelCnnDecoderProvider();
  }

  @Override
  protected String configuration() {
    return "layers = 3, channels = 4";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("layers = 0", "channels = 0", "kernel-size = 1", "kernel-size = 4");
  }
}
