package org.largevae.networks;

import java.util.List;
import org.largevae.api.network.DecoderProvider;
import org.largevae.testkit.DecoderContract;

class MlpDecoderContractTest extends DecoderContract {
  @Override
  protected DecoderProvider<?> provider() {
    return new MlpDecoderProvider();
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
