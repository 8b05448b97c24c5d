package org.largevae.core.model;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.model.LevelDistributions;
import org.largevae.api.model.LevelsPass;
import org.largevae.api.model.Model;
import org.largevae.api.model.ModelPass;
import org.largevae.api.model.Reconstruction;
import org.largevae.api.model.TopPrior;
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
    return new LevelsPass(this, new Distributions(pass, training));
  }

  @Override
  public void refresh(Pass pass, TrainingExamples training) {
    TopPrior.refresh(
        prior, encoder, points -> encoder.encode(points, Latents.none(), pass), pass, training);
  }

  /** With the parameters of one pass. */
  private final class Distributions implements LevelDistributions {
    private final Pass pass;
    private final TopPrior top;

    Distributions(Pass pass, Optional<TrainingExamples> training) {
      this.pass = pass;
      this.top =
          new TopPrior(
              prior,
              encoder,
              points -> encoder.encode(points, Latents.none(), pass),
              pass,
              training);
    }

    @Override
    public Pass pass() {
      return pass;
    }

    @Override
    public Posteriors posteriors(Batch batch) {
      return (level, above) -> encoder.encode(batch, above, pass);
    }

    @Override
    public Priors priors(Optional<Batch> batch) {
      return (level, above) -> top.density(batch);
    }

    @Override
    public Density decode(Latents latents) {
      return decoder.decode(latents, pass);
    }

    @Override
    public Optional<NDArray> pseudoInputs() {
      return top.pseudoInputs();
    }
  }
}
