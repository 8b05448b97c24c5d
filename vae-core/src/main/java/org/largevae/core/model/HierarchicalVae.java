package org.largevae.core.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.model.LevelsPass;
import org.largevae.api.model.Model;
import org.largevae.api.model.ModelPass;
import org.largevae.api.model.Reconstruction;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.ConditionalPrior;
import org.largevae.api.prior.Prior;

/**
 * A variational autoencoder with two levels of latents or more, {@code p(z_L) prod_l p(z_l | z
 * above) p(x | z)} and {@code q(z|x) = q(z_L|x) prod_l q(z_l | x, z above)}: with two the HVAE of
 * Tomczak and Welling (2018, arXiv:1705.07120, section 4). Each level has an encoder of its own,
 * and any prior may stand on top. A {@link LadderVae} shares one network among its levels instead.
 *
 * <p>Levels are named by the numbers of the literature, 1 the nearest to the data and L the top;
 * lists stand top first.
 *
 * @param data what the examples are made of
 * @param latentSizes the number of latents of each level, at least two levels
 * @param encoders q(z_l | x, z above), one a level
 * @param prior p(z_L)
 * @param conditionalPriors p(z_l | z above), one for each level but the top
 * @param decoder p(x | z), given the latents of all levels, with its likelihood
 */
public record HierarchicalVae(
    DataDescription data,
    List<Integer> latentSizes,
    List<Encoder> encoders,
    Prior prior,
    List<ConditionalPrior> conditionalPriors,
    Decoder decoder)
    implements Model {

  /**
   * Checks that there is what each level needs, and that the likelihood is one for the data.
   *
   * @throws IllegalArgumentException if the lists are of other lengths
   * @throws org.largevae.api.config.ConfigurationException if the likelihood is none of the values
   *     of some kind
   */
  public HierarchicalVae {
    latentSizes = List.copyOf(latentSizes);
    encoders = List.copyOf(encoders);
    conditionalPriors = List.copyOf(conditionalPriors);
    int levels = latentSizes.size();
    if (levels < 2 || encoders.size() != levels || conditionalPriors.size() != levels - 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d latent sizes, %d encoders and %d conditional priors: a hierarchy of L levels, at"
                  + " least 2, takes L, L and L - 1",
              levels,
              encoders.size(),
              conditionalPriors.size()));
    }
    Reconstruction.requireSupport(decoder.likelihood(), data);
  }

  @Override
  public Map<String, Component> components() {
    Map<String, Component> parts = new LinkedHashMap<>();
    int levels = latentSizes.size();
    for (int level = 0; level < levels; level++) {
      String number = "-" + (levels - level);
      Encoder encoder = encoders.get(level);
      parts.put("encoder" + number, encoder);
      encoder.posterior().ifPresent(posterior -> parts.put("posterior" + number, posterior));
      if (level > 0) {
        parts.put("conditional-prior" + number, conditionalPriors.get(level - 1));
      }
    }
    parts.put("decoder", decoder);
    parts.put("prior", prior);
    parts.put("likelihood", decoder.likelihood());
    return parts;
  }

  @Override
  public ModelPass begin(Pass pass, Optional<TrainingExamples> training) {
    return new LevelsPass(
        this,
        new EncoderDistributions(encoders, prior, conditionalPriors, decoder, pass, training));
  }

  @Override
  public void refresh(Pass pass, TrainingExamples training) {
    EncoderDistributions.refresh(prior, encoders.get(0), pass, training);
  }

  /**
   * The sizes of each level.
   *
   * @param data what the examples are made of
   * @param latentSizes the number of latents of each level, top first
   * @return the levels' shapes, top first
   * @throws IllegalArgumentException if a size is below 1
   */
  static List<ModelShape> shapes(DataDescription data, List<Integer> latentSizes) {
    List<ModelShape> shapes = new ArrayList<>();
    for (int level = 0; level < latentSizes.size(); level++) {
      shapes.add(ModelShape.of(data, latentSizes.get(level), latentSizes.subList(0, level)));
    }
    return shapes;
  }
}
