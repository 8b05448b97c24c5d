package org.largevae.networks.ladder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.model.LevelsPass;
import org.largevae.api.model.Model;
import org.largevae.api.model.ModelPass;
import org.largevae.api.model.Reconstruction;
import org.largevae.api.model.TopPrior;
import org.largevae.api.network.Decoder;
import org.largevae.api.prior.Prior;

/**
 * A ladder variational autoencoder (Sønderby et al. 2016, arXiv:1602.02282): {@code p(z_L) prod_l
 * p(z_l | z_{l+1}) p(x | z_1)} and {@code q(z|x) = q(z_L|x) prod_l q(z_l | z_{l+1}, x)}, with one
 * deterministic pass up from x for the posteriors of all levels, and one pass down that posteriors
 * and priors share. With one level it is the plain variational autoencoder.
 *
 * <p>Any prior may stand on top. A VampPrior may span all levels instead, {@code p(z) = sum_k w_k
 * prod_l q(z_l | z_{l+1}, u_k)}: see {@link LadderVaeSettings.PriorLevels}.
 */
public final class LadderVae implements Model {
  private final DataDescription data;
  private final LadderVaeSettings settings;
  private final LadderNetwork network;
  private final Prior prior;
  private final Decoder decoder;

  /**
   * A ladder; its parameters have no values yet.
   *
   * @param settings the sizes of its levels
   * @param data what the examples are made of
   * @param prior p(z_L)
   * @param decoder p(x | z_1), with its likelihood
   * @throws IllegalArgumentException if a setting is out of bounds
   * @throws org.largevae.api.config.ConfigurationException if the likelihood is none of the values
   *     of some kind
   */
  public LadderVae(LadderVaeSettings settings, DataDescription data, Prior prior, Decoder decoder) {
    this.settings = SettingsSchema.check(settings);
    this.data = data;
    this.prior = prior;
    this.decoder = decoder;
    this.network = new LadderNetwork(settings, lowest(settings, data));
    Reconstruction.requireSupport(decoder.likelihood(), data);
  }

  /** The sizes that the prior agrees with. */
  static ModelShape top(LadderVaeSettings settings, DataDescription data) {
    return ModelShape.of(data, settings.latentSizes().get(0));
  }

  /** The sizes that the decoder agrees with, which is given the lowest level alone. */
  static ModelShape lowest(LadderVaeSettings settings, DataDescription data) {
    return ModelShape.of(data, settings.latentSizes().get(settings.levels() - 1));
  }

  LadderVaeSettings settings() {
    return settings;
  }

  LadderNetwork network() {
    return network;
  }

  Prior prior() {
    return prior;
  }

  Decoder decoder() {
    return decoder;
  }

  @Override
  public DataDescription data() {
    return data;
  }

  @Override
  public List<Integer> latentSizes() {
    return settings.latentSizes();
  }

  @Override
  public Map<String, Component> components() {
    Map<String, Component> parts = new LinkedHashMap<>();
    parts.put("ladder", network);
    parts.put("decoder", decoder);
    parts.put("prior", prior);
    parts.put("likelihood", decoder.likelihood());
    return parts;
  }

  @Override
  public ModelPass begin(Pass pass, Optional<TrainingExamples> training) {
    return new LevelsPass(this, new LadderDistributions(this, pass, training));
  }

  @Override
  public void refresh(Pass pass, TrainingExamples training) {
    TopPrior.refresh(
        prior,
        network,
        points -> LadderDistributions.topPosterior(this, points, pass),
        pass,
        training);
  }
}
