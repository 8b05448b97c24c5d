package org.largevae.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Draw;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Noise;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.model.Model;
import org.largevae.api.model.ModelPass;
import org.largevae.api.model.Reconstruction;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.ShapeException;

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
    for (int value = 0; value < shape.dimensions(); value++) {
      ValueKind kind = shape.data().kind(value);
      if (!decoder.likelihood().supports(kind)) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "%s is not a likelihood of %s values; choose another, or describe the data"
                    + " otherwise",
                ModelFactory.className(decoder.likelihood().getClass()),
                kind.name()));
      }
    }
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
    return new CurrentPass(pass, training);
  }

  @Override
  public void refresh(Pass pass, TrainingExamples training) {
    prior.refresh(new Context(pass, encoder, Optional.of(training), Optional.empty()));
  }

  /** The model with the parameters of one pass. */
  private final class CurrentPass implements ModelPass {
    private final Pass pass;
    private final Optional<TrainingExamples> training;
    private final Optional<Density> fixedPrior;

    CurrentPass(Pass pass, Optional<TrainingExamples> training) {
      this.pass = pass;
      this.training = training;
      this.fixedPrior =
          prior.dependsOnBatch() ? Optional.empty() : Optional.of(priorFor(Optional.empty()));
    }

    @Override
    public Draws draw(Batch batch, int samples, Noise noise) {
      Distribution posterior = posterior(batch);
      requireSize("the encoder's latents", posterior.event(), shape.latentSize());
      Shape leading = new Shape(samples);
      // the density can wait until nothing more is drawn, where it is known everywhere
      return posterior instanceof Density density
          ? new PosteriorDraws(
              this, batch, posterior, density.sample(leading, noise), Optional.empty())
          : new PosteriorDraws(this, batch, posterior, posterior.draw(leading, noise));
    }

    @Override
    public Latents encode(Batch batch) {
      Distribution posterior = posterior(batch);
      return Latents.of(
          posterior instanceof Density density ? density.pointEstimate() : posterior.mean());
    }

    @Override
    public Latents means(Batch batch) {
      return Latents.of(posterior(batch).mean());
    }

    private Distribution posterior(Batch batch) {
      checkExamples(batch.x());
      return encoder.encode(batch, Latents.none(), pass);
    }

    @Override
    public Density decode(Latents latents) {
      return decoder.decode(latents, pass);
    }

    @Override
    public Latents sample(int count, Noise noise) {
      return Latents.of(prior().sample(new Shape(count), noise));
    }

    @Override
    public Density prior() {
      return fixedPrior.orElseGet(() -> priorFor(Optional.empty()));
    }

    @Override
    public Optional<NDArray> pseudoInputs() {
      return prior.pseudoInputs(pass);
    }

    private Density priorFor(Optional<Batch> batch) {
      return prior.distribution(new Context(pass, encoder, training, batch));
    }

    /** {@code logPosterior} is asked last: the order decides how gradients of z are rounded. */
    private Bound bound(
        Batch batch, Distribution posterior, NDArray z, Supplier<NDArray> logPosterior) {
      Density conditional = fixedPrior.orElseGet(() -> priorFor(Optional.of(batch)));
      requireSize("the prior's latents", conditional.event(), shape.latentSize());
      requireSameSupport(conditional, posterior);
      // a node of its own, in which what decoder and prior say of z is summed
      NDArray latents = z.reshape(z.getShape());
      Density decoded = decode(Latents.of(latents));
      requireSize("the decoder's values", decoded.event(), shape.dimensions());
      NDArray reconstruction = Reconstruction.logLikelihood(decoded, batch, data());
      NDArray logPrior = conditional.logProb(latents);
      Draw draw = new Draw(z, logPosterior.get());
      return new Bound(
          reconstruction, List.of(new Bound.Level(draw, posterior, conditional, logPrior)));
    }
  }

  /** What broadcasts would else go unnoticed. */
  private static void requireSize(String what, Shape found, int size) {
    if (!found.equals(new Shape(size))) {
      throw new ShapeException(
          String.format(
              Locale.ROOT, "%s are of shape %s, but the model's are (%d)", what, found, size));
    }
  }

  private static void requireSameSupport(Density prior, Distribution posterior) {
    if (prior.support() != posterior.support()) {
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
  }

  private void checkExamples(NDArray x) {
    Shape found = x.getShape();
    if (found.dimension() != 2 || found.get(1) != shape.dimensions()) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "examples of shape %s do not fit the model, which takes (B, %d)",
              found,
              shape.dimensions()));
    }
  }

  /** What the prior sees of a pass. */
  private record Context(
      Pass pass, Encoder encoder, Optional<TrainingExamples> training, Optional<Batch> batch)
      implements PriorContext {

    @Override
    public Density posterior(NDArray x) {
      return posterior(Batch.of(x));
    }

    @Override
    public Density posterior(Batch points) {
      if (encoder.encode(points, Latents.none(), pass) instanceof Density density) {
        return density;
      }
      String source =
          encoder
              .posterior()
              .map(posterior -> "posterior " + ModelFactory.className(posterior.getClass()))
              .orElseGet(() -> "encoder " + ModelFactory.className(encoder.getClass()));
      throw new ConfigurationException(
          "the prior is made of posteriors q(z|u), but those of the "
              + source
              + " do not know their density at every value; choose another posterior or prior");
    }
  }

  /** Draws of a pass, with the posteriors they are from. */
  private static final class PosteriorDraws implements Draws {
    private final CurrentPass pass;
    private final Batch batch;
    private final Distribution posterior;
    private final NDArray z;
    private final Optional<NDArray> logPosterior;
    private Bound bound;

    /** Draws that came with their density. */
    PosteriorDraws(CurrentPass pass, Batch batch, Distribution posterior, Draw draw) {
      this(pass, batch, posterior, draw.value(), Optional.of(draw.logProb()));
    }

    PosteriorDraws(
        CurrentPass pass,
        Batch batch,
        Distribution posterior,
        NDArray z,
        Optional<NDArray> logPosterior) {
      this.pass = pass;
      this.batch = batch;
      this.posterior = posterior;
      this.z = z;
      this.logPosterior = logPosterior;
    }

    @Override
    public Batch batch() {
      return batch;
    }

    @Override
    public Pass pass() {
      return pass.pass;
    }

    @Override
    public Latents latents() {
      return Latents.of(z);
    }

    @Override
    public Bound bound() {
      if (bound == null) {
        bound =
            pass.bound(
                batch, posterior, z, () -> logPosterior.orElseGet(() -> density().logProb(z)));
      }
      return bound;
    }

    @Override
    public Bound boundAt(Latents latents) {
      NDArray other = latents.lowest();
      return pass.bound(batch, posterior, other, () -> density().logProb(other));
    }

    private Density density() {
      if (posterior instanceof Density density) {
        return density;
      }
      throw new ConfigurationException(
          "this objective needs the posterior's density at given latents, which "
              + ModelFactory.className(posterior.getClass())
              + " does not know; choose another posterior or objective");
    }
  }
}
