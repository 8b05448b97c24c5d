package org.largevae.networks;

import java.util.List;
import org.largevae.api.network.DecoderProvider;
import org.largevae.testkit.DecoderContract;

class GatedMlpDecoderContractTest extends DecoderContract {
  @Override
  protected DecoderProvider<?> provider() {
    return new GatedMlpDecoderProvider();
  }

  @Override
  protected String configuration() {
    return "hidden = [5, 4]";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("hidden = []", "hidden = [0]");
  }
}
