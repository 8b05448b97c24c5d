package org.largevae.core.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.model.LevelsPass;
import org.largevae.api.model.Model;
import org.largevae.api.model.ModelPass;
import org.largevae.api.model.Reconstruction;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.Prior;

/**
 * A variational autoencoder with one level of latents, {@code p(z) p(x|z)} and {@code q(z|x)}
 * (Kingma and Welling 2014, arXiv:1312.6114).
 *
 * @param shape the sizes that its parts agree on
 * @param encoder q(z|x)
 * @param prior p(z)
 * @param decoder p(x|z), with its likelihood
 */
public record OneLevelVae(ModelShape shape, Encoder encoder, Prior prior, Decoder decoder)
    implements Model {

  /**
   * Checks that the likelihood is one for the data.
   *
   * @throws ConfigurationException if it is none of the values of some kind
   */
  public OneLevelVae {
    Reconstruction.requireSupport(decoder.likelihood(), shape.data());
  }

  @Override
  public DataDescription data() {
    return shape.data();
  }

  @Override
  public List<Integer> latentSizes() {
    return List.of(shape.latentSize());
  }

  @Override
  public Map<String, Component> components() {
    Map<String, Component> parts = new LinkedHashMap<>();
    parts.put("encoder", encoder);
    encoder.posterior().ifPresent(posterior -> parts.put("posterior", posterior));
    parts.put("decoder", decoder);
    parts.put("prior", prior);
    parts.put("likelihood", decoder.likelihood());
    return parts;
  }

  @Override
  public ModelPass begin(Pass pass, Optional<TrainingExamples> training) {
    return new LevelsPass(
        this,
        new EncoderDistributions(List.of(encoder), prior, List.of(), decoder, pass, training));
  }

  @Override
  public void refresh(Pass pass, TrainingExamples training) {
    EncoderDistributions.refresh(prior, encoder, pass, training);
  }
}
