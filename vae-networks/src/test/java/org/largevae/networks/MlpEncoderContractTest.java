package org.largevae.networks;

import java.util.List;
import org.largevae.api.network.EncoderProvider;
import org.largevae.testkit.EncoderContract;

class MlpEncoderContractTest extends EncoderContract {
  @Override
  protected EncoderProvider<?> provider() {
    return new MlpEncoderProvider();
  }

  /** Smooth, so that finite differences are derivatives. */
  @Override
  protected String configuration() {
    return "hidden = [5, 4], activation = tanh";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("hidden = []", "hidden = [0]", "activation = gated");
  }
}
