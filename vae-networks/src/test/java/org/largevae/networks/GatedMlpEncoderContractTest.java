package org.largevae.networks;

import java.util.List;
import org.largevae.api.network.EncoderProvider;
import org.largevae.testkit.EncoderContract;

class GatedMlpEncoderContractTest extends EncoderContract {
  @Override
  protected EncoderProvider<?> provider() {
    return new GatedMlpEncoderProvider();
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
