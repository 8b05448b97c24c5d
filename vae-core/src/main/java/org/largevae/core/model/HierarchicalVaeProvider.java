package org.largevae.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.largevae.api.data.ModelShape;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.model.ModelParts;
import org.largevae.api.model.ModelProvider;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.ConditionalPrior;

/**
 * Makes {@link HierarchicalVae}. Configured as {@code model { type = hierarchy, latent-sizes = [40,
 * 40] }}.
 */
public final class HierarchicalVaeProvider extends ModelProvider<HierarchicalVaeSettings> {
  /** The name in configurations. */
  public static final String NAME = "hierarchy";

  /** Found by {@link java.util.ServiceLoader}. */
  public HierarchicalVaeProvider() {
    super(
        NAME,
        "Two levels of latents or more, each with an encoder of its own",
        HierarchicalVaeSettings.class,
        Set.of("encoder", "posterior", "decoder", "prior", "conditional-prior", "likelihood"),
        HierarchicalVaeProvider::assemble);
  }

  private static HierarchicalVae assemble(HierarchicalVaeSettings settings, ModelParts parts) {
    List<ModelShape> shapes = HierarchicalVae.shapes(parts.data(), settings.latentSizes());
    // in this order: a likelihood that does not fit the data is told before anything else
    Likelihood likelihood = parts.likelihood();
    List<Encoder> encoders = shapes.stream().map(parts::encoder).toList();
    List<ConditionalPrior> conditionals = new ArrayList<>();
    shapes.stream().skip(1).map(parts::conditionalPrior).forEach(conditionals::add);
    return new HierarchicalVae(
        parts.data(),
        settings.latentSizes(),
        encoders,
        parts.prior(shapes.get(0)),
        conditionals,
        parts.decoder(shapes.get(shapes.size() - 1), likelihood));
  }
}
