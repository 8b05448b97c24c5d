package org.largevae.core.model;

import org.largevae.api.data.ModelShape;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.model.Model;
import org.largevae.api.model.ModelParts;
import org.largevae.api.model.ModelProvider;

/** Makes {@link OneLevelVae}. Configured as {@code model { type = vae, latent-size = 40 }}. */
public final class OneLevelVaeProvider extends ModelProvider<OneLevelVaeSettings> {
  /** The name in configurations. */
  public static final String NAME = "vae";

  /** Found by {@link java.util.ServiceLoader}. */
  public OneLevelVaeProvider() {
    super(
        NAME,
        "One level of latents, p(z) p(x|z)",
        OneLevelVaeSettings.class,
        ONE_LEVEL,
        OneLevelVaeProvider::assemble);
  }

  private static Model assemble(OneLevelVaeSettings settings, ModelParts parts) {
    ModelShape shape = ModelShape.of(parts.data(), settings.latentSize());
    // in this order: a likelihood that does not fit the data is told before anything else
    Likelihood likelihood = parts.likelihood();
    return new OneLevelVae(
        shape, parts.encoder(shape), parts.prior(shape), parts.decoder(shape, likelihood));
  }
}
