package org.largevae.api.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.largevae.api.component.ClassNames;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Draw;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.ShapeException;

/**
 * A pass through a model whose latents stand in levels, {@code p(x|z) prod_l p(z_l | z above)} with
 * {@code q(z|x) = prod_l q(z_l | x, z above)}: latents are drawn, encoded and scored level by level
 * from the top.
 */
public final class LevelsPass implements ModelPass {
  private final Model model;
  private final LevelDistributions distributions;

  /**
   * A pass through a model.
   *
   * @param model whose sizes and data the distributions must have
   * @param distributions with the parameters of this pass
   */
  public LevelsPass(Model model, LevelDistributions distributions) {
    this.model = model;
    this.distributions = distributions;
  }

  @Override
  public Draws draw(Batch batch, int samples, Noise noise) {
    LevelDistributions.Posteriors posteriors = posteriors(batch);
    List<LevelDraw> levels = new ArrayList<>();
    Latents above = Latents.none();
    for (int level = 0; level < depth(); level++) {
      Distribution posterior = posterior(posteriors, level, above);
      Shape leading = level == 0 ? new Shape(samples) : new Shape();
      LevelDraw drawn = LevelDraw.from(posterior, leading, noise.level(level));
      levels.add(drawn);
      above = above.with(drawn.value());
    }
    return new PosteriorDraws(batch, posteriors, levels);
  }

  @Override
  public Latents encode(Batch batch) {
    return downwards(
        batch, posterior -> posterior instanceof Density d ? d.pointEstimate() : posterior.mean());
  }

  /** Of the levels below the top, given the means above: the mean of a mean needs draws. */
  @Override
  public Latents means(Batch batch) {
    return downwards(batch, Distribution::mean);
  }

  private Latents downwards(Batch batch, Function<Distribution, NDArray> choose) {
    LevelDistributions.Posteriors posteriors = posteriors(batch);
    Latents latents = Latents.none();
    for (int level = 0; level < depth(); level++) {
      latents = latents.with(choose.apply(posteriors.at(level, latents)));
    }
    return latents;
  }

  private LevelDistributions.Posteriors posteriors(Batch batch) {
    Shape found = batch.x().getShape();
    if (found.dimension() != 2 || found.get(1) != model.data().dimensions()) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "examples of shape %s do not fit the model, which takes (B, %d)",
              found,
              model.data().dimensions()));
    }
    return distributions.posteriors(batch);
  }

  @Override
  public Density decode(Latents latents) {
    return distributions.decode(latents);
  }

  @Override
  public Latents sample(int count, Noise noise) {
    LevelDistributions.Priors priors = distributions.priors(Optional.empty());
    Latents latents = Latents.none();
    for (int level = 0; level < depth(); level++) {
      Shape leading = level == 0 ? new Shape(count) : new Shape();
      latents = latents.with(priors.at(level, latents).sample(leading, noise.level(level)));
    }
    return latents;
  }

  @Override
  public Density prior() {
    return distributions.priors(Optional.empty()).at(0, Latents.none());
  }

  @Override
  public Optional<NDArray> pseudoInputs() {
    return distributions.pseudoInputs();
  }

  private int depth() {
    return model.latentSizes().size();
  }

  private Distribution posterior(
      LevelDistributions.Posteriors posteriors, int level, Latents above) {
    Distribution posterior = posteriors.at(level, above);
    requireSize("the encoder's latents", posterior.event(), model.latentSizes().get(level));
    return posterior;
  }

  /** The posterior's densities are asked last: the order decides how gradients of z are rounded. */
  private Bound bound(Batch batch, List<LevelDraw> drawn) {
    LevelDistributions.Priors priors = distributions.priors(Optional.of(batch));
    List<NDArray> latents = drawn.stream().map(LevelDraw::value).toList();
    if (depth() == 1) {
      // a node of its own, in which what decoder and prior say of z is summed
      latents = List.of(latents.get(0).reshape(latents.get(0).getShape()));
    }
    List<Density> conditionals = new ArrayList<>();
    for (int level = 0; level < depth(); level++) {
      Density prior = priors.at(level, new Latents(latents.subList(0, level)));
      requireSize("the prior's latents", prior.event(), model.latentSizes().get(level));
      conditionals.add(prior);
    }
    // from the lowest: what is wrong there no other prior on top can mend
    for (int level = depth() - 1; level >= 0; level--) {
      requireSameSupport(level, conditionals.get(level), drawn.get(level).posterior());
    }
    Density decoded = decode(new Latents(latents));
    requireSize("the decoder's values", decoded.event(), model.data().dimensions());
    NDArray reconstruction = Reconstruction.logLikelihood(decoded, batch, model.data());
    List<Bound.Level> levels = new ArrayList<>();
    for (int level = 0; level < depth(); level++) {
      Density prior = conditionals.get(level);
      NDArray logPrior = prior.logProb(latents.get(level));
      LevelDraw draw = drawn.get(level);
      levels.add(new Bound.Level(draw.withDensity(), draw.posterior(), prior, logPrior));
    }
    return new Bound(reconstruction, levels);
  }

  /** What broadcasts would else go unnoticed. */
  private static void requireSize(String what, Shape found, int size) {
    if (!found.equals(new Shape(size))) {
      throw new ShapeException(
          String.format(
              Locale.ROOT, "%s are of shape %s, but the model's are (%d)", what, found, size));
    }
  }

  private void requireSameSupport(int level, Density prior, Distribution posterior) {
    if (prior.support() == posterior.support()) {
      return;
    }
    if (level > 0) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "level %d: the conditional prior p(z|z above) is a density over %s, but the posterior"
                  + " q(z|x, z above) lives on %s; choose model.conditional-prior.type and"
                  + " model.posterior.type for the same space, such as gated-mlp and gaussian",
              depth() - level,
              prior.support().description(),
              posterior.support().description()));
    }
    throw new ConfigurationException(
        String.format(
            Locale.ROOT,
            "the prior p(z) is a density over %s, but the posterior q(z|x) lives on %s; choose"
                + " model.prior.type and model.posterior.type for the same space: the posteriors"
                + " power-spherical and von-mises-fisher go with the priors uniform-sphere and"
                + " vampprior, all others with all other priors",
            prior.support().description(),
            posterior.support().description()));
  }

  /**
   * Latents of one level and what they are drawn from.
   *
   * @param posterior q(z_l | x, z above)
   * @param value shape (S, B, M)
   * @param logDensity of the value where it came with the draw; else asked of the posterior
   */
  private record LevelDraw(Distribution posterior, NDArray value, Optional<NDArray> logDensity) {

    /** The density can wait until nothing more is drawn, where it is known everywhere. */
    static LevelDraw from(Distribution posterior, Shape leading, Noise noise) {
      if (posterior instanceof Density density) {
        return new LevelDraw(posterior, density.sample(leading, noise), Optional.empty());
      }
      Draw draw = posterior.draw(leading, noise);
      return new LevelDraw(posterior, draw.value(), Optional.of(draw.logProb()));
    }

    Draw withDensity() {
      return new Draw(value, logDensity.orElseGet(() -> density().logProb(value)));
    }

    private Density density() {
      if (posterior instanceof Density density) {
        return density;
      }
      throw new ConfigurationException(
          "this objective needs the posterior's density at given latents, which "
              + ClassNames.of(posterior.getClass())
              + " does not know; choose another posterior or objective");
    }
  }

  /** Draws of a pass, with the posteriors they are from. */
  private final class PosteriorDraws implements Draws {
    private final Batch batch;
    private final LevelDistributions.Posteriors posteriors;
    private final List<LevelDraw> levels;
    private Bound bound;

    PosteriorDraws(Batch batch, LevelDistributions.Posteriors posteriors, List<LevelDraw> levels) {
      this.batch = batch;
      this.posteriors = posteriors;
      this.levels = List.copyOf(levels);
    }

    @Override
    public Batch batch() {
      return batch;
    }

    @Override
    public Pass pass() {
      return distributions.pass();
    }

    @Override
    public Latents latents() {
      return new Latents(levels.stream().map(LevelDraw::value).toList());
    }

    @Override
    public Bound bound() {
      if (bound == null) {
        bound = LevelsPass.this.bound(batch, levels);
      }
      return bound;
    }

    /** The top's posterior is the same; those below are of the latents above. */
    @Override
    public Bound boundAt(Latents latents) {
      List<LevelDraw> others = new ArrayList<>();
      for (int level = 0; level < depth(); level++) {
        Latents above = new Latents(latents.levels().subList(0, level));
        Distribution posterior =
            level == 0 ? levels.get(0).posterior() : posterior(posteriors, level, above);
        others.add(new LevelDraw(posterior, latents.levels().get(level), Optional.empty()));
      }
      return LevelsPass.this.bound(batch, others);
    }
  }
}
