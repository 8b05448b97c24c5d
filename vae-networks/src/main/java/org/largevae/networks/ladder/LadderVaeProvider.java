package org.largevae.networks.ladder;

import java.util.Set;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.model.ModelParts;
import org.largevae.api.model.ModelProvider;

/**
 * Makes {@link LadderVae}. Configured as {@code model { type = ladder, latent-sizes = [4, 8] }}.
 */
public final class LadderVaeProvider extends ModelProvider<LadderVaeSettings> {
  /** The name in configurations. */
  public static final String NAME = "ladder";

  /** Found by {@link java.util.ServiceLoader}. */
  public LadderVaeProvider() {
    super(
        NAME,
        "Any number of levels of latents that share one network up and one down",
        LadderVaeSettings.class,
        Set.of("decoder", "prior", "likelihood"),
        LadderVaeProvider::assemble);
  }

  private static LadderVae assemble(LadderVaeSettings settings, ModelParts parts) {
    Likelihood likelihood = parts.likelihood();
    return new LadderVae(
        settings,
        parts.data(),
        parts.prior(LadderVae.top(settings, parts.data())),
        parts.decoder(LadderVae.lowest(settings, parts.data()), likelihood));
  }
}
