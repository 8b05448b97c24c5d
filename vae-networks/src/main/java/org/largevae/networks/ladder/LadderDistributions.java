package org.largevae.networks.ladder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.model.LevelDistributions;
import org.largevae.api.model.TopPrior;
import org.largevae.api.tensor.Tensors;

/** The distributions of a {@link LadderVae} with the parameters of one pass. */
final class LadderDistributions implements LevelDistributions {
  private final LadderVae model;
  private final Pass pass;
  private final TopPrior top;
  private final List<NDArray> lastAbove = new ArrayList<>();
  private final List<TopDown> lastDown = new ArrayList<>();
  private List<NDArray> pointFeatures;

  /**
   * What the level above says of a level.
   *
   * @param features h_l
   * @param prior p(z_l | z above)
   */
  private record TopDown(NDArray features, DiagonalGaussian prior) {}

  LadderDistributions(LadderVae model, Pass pass, Optional<TrainingExamples> training) {
    this.model = model;
    this.pass = pass;
    for (int level = 0; level < model.settings().levels(); level++) {
      lastAbove.add(null);
      lastDown.add(null);
    }
    this.top = new TopPrior(model.prior(), model.network(), this::encodePoints, pass, training);
  }

  @Override
  public Pass pass() {
    return pass;
  }

  @Override
  public Posteriors posteriors(Batch batch) {
    List<NDArray> features = model.network().up(batch, pass);
    return (level, above) -> posterior(level, features, above);
  }

  private DiagonalGaussian encodePoints(Batch points) {
    pointFeatures = model.network().up(points, pass);
    return posterior(0, pointFeatures, Latents.none());
  }

  /** q(z_L|x). */
  static DiagonalGaussian topPosterior(LadderVae model, Batch batch, Pass pass) {
    NDArray features = model.network().up(batch, pass).get(0);
    return gaussian(model.settings(), model.network().recognition(0, features, pass));
  }

  private DiagonalGaussian posterior(int level, List<NDArray> features, Latents above) {
    NDArray own = features.get(level);
    if (level == 0) {
      return evidence(0, own);
    }
    TopDown down = down(level, above);
    if (model.settings().merge() == Merge.PRECISION_WEIGHTED) {
      return merged(evidence(level, own), down.prior());
    }
    DiagonalGaussian both =
        gaussian(model.network().recognition(level, own, down.features(), pass));
    return model.settings().merge() == Merge.RESIDUAL
        ? new DiagonalGaussian(
            down.prior().mean().add(both.mean()),
            down.prior().logVariance().add(both.logVariance()))
        : both;
  }

  /** What x says of a level. */
  private DiagonalGaussian evidence(int level, NDArray features) {
    return gaussian(model.network().recognition(level, features, pass));
  }

  /**
   * The product of two Gaussians, renormalised: precisions add up.
   *
   * @param evidence what x says
   * @param prior what the level above says; both broadcast
   * @return {@code 1 / sigma^2 = 1 / s_1^2 + 1 / s_2^2}, means weighted by precision
   */
  static DiagonalGaussian merged(DiagonalGaussian evidence, DiagonalGaussian prior) {
    // the share of the evidence's precision is a sigmoid of the difference of log variances
    NDArray difference = prior.logVariance().sub(evidence.logVariance());
    NDArray offset = evidence.mean().sub(prior.mean()).mul(Tensors.sigmoid(difference));
    return new DiagonalGaussian(
        prior.mean().add(offset), evidence.logVariance().add(Tensors.logSigmoid(difference)));
  }

  private TopDown down(int level, Latents above) {
    NDArray z = above.lowest();
    // the posterior and the prior of a level ask for the same
    if (lastAbove.get(level) != z) {
      NDArray features = model.network().down(level, z, pass);
      NDArray parameters = model.network().generation(level, features, pass);
      lastDown.set(level, new TopDown(features, gaussian(parameters)));
      lastAbove.set(level, z);
    }
    return lastDown.get(level);
  }

  private DiagonalGaussian gaussian(NDArray parameters) {
    return gaussian(model.settings(), parameters);
  }

  private static DiagonalGaussian gaussian(LadderVaeSettings settings, NDArray parameters) {
    NDList parts = parameters.split(2, parameters.getShape().dimension() - 1);
    return new DiagonalGaussian(
        parts.get(0),
        Tensors.clamp(parts.get(1), settings.logVarianceMin(), settings.logVarianceMax()));
  }

  @Override
  public Priors priors(Optional<Batch> batch) {
    return model.settings().priorLevels() == LadderVaeSettings.PriorLevels.TOP
        ? (level, above) -> level == 0 ? top.density(batch) : down(level, above).prior()
        : joint(batch);
  }

  private Priors joint(Optional<Batch> batch) {
    Density first = top.density(batch);
    if (top.pseudoInputs().isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "model.prior-levels = all: takes a prior with pseudo-inputs, model.prior.type ="
                  + " vampprior; a %s spans the top level only, prior-levels = top",
              model.prior().getClass().getSimpleName()));
    }
    if (!(first instanceof Mixture mixture)
        || !mixture
            .components()
            .batch()
            .equals(new Shape(pointFeatures.get(0).getShape().get(0)))) {
      throw new ConfigurationException(
          "model.prior-levels = all: takes a prior that is the mixture over all its pseudo-inputs in"
              + " every step; set model.prior.neighbours = 0, or prior-levels = top");
    }
    List<JointVampPrior> above = new ArrayList<>();
    return (level, latents) -> {
      if (level == 0) {
        return mixture;
      }
      NDArray z = latents.lowest();
      NDArray shares = level == 1 ? mixture.logShares(z) : above.get(level - 2).logShares(z);
      JointVampPrior factor =
          new JointVampPrior(
              evidence(level, pointFeatures.get(level)), down(level, latents).prior(), shares);
      above.subList(level - 1, above.size()).clear();
      above.add(factor);
      return factor;
    };
  }

  @Override
  public Density decode(Latents latents) {
    return model.decoder().decode(Latents.of(latents.lowest()), pass);
  }

  @Override
  public Optional<NDArray> pseudoInputs() {
    return top.pseudoInputs();
  }
}
