package org.largevae.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.LatentDistribution;
import org.largevae.api.distribution.Posterior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.ShapeException;

/** A variational autoencoder with one level of latents: p(z) p(x|z), q(z|x). */
public final class OneLevelAutoencoder implements VariationalAutoencoder {
  private final ModelShape shape;
  private final NDManager manager;
  private final Components components;
  private final Map<String, Parameter> parameters;

  /**
   * A model of initialised components.
   *
   * @param shape the sizes they agree on
   * @param manager owns their parameters; closed with the model
   * @param components the parts
   */
  OneLevelAutoencoder(ModelShape shape, NDManager manager, Components components) {
    this.shape = shape;
    this.manager = manager;
    this.components = components;
    Map<String, Parameter> all = new LinkedHashMap<>();
    components
        .byName()
        .forEach(
            (name, component) ->
                component
                    .block()
                    .ifPresent(
                        block ->
                            block
                                .getParameters()
                                .forEach(p -> all.put(name + "." + p.getKey(), p.getValue()))));
    this.parameters = Collections.unmodifiableMap(all);
  }

  @Override
  public ModelShape shape() {
    return shape;
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public Map<String, Parameter> parameters() {
    return parameters;
  }

  @Override
  public ModelPass begin(Pass pass) {
    LatentDistribution prior =
        components.prior().distribution(new PriorContext(pass, components.encoder()));
    return new CurrentPass(pass, prior);
  }

  @Override
  public void close() {
    parameters.values().forEach(Parameter::close);
    manager.close();
  }

  private final class CurrentPass implements ModelPass {
    private final Pass pass;
    private final LatentDistribution prior;

    CurrentPass(Pass pass, LatentDistribution prior) {
      this.pass = pass;
      this.prior = prior;
    }

    @Override
    public LatentDraws draw(NDArray x, int samples) {
      checkExamples(x);
      Posterior posterior = components.encoder().encode(x, pass);
      return new Draws(this, x, posterior, posterior.sample(samples));
    }

    private ElboTerms elboTerms(NDArray x, Posterior posterior, NDArray z) {
      long samples = z.getShape().get(0);
      long batch = x.getShape().get(0);
      NDArray rows = z.reshape(samples * batch, shape.latentSize());
      Shape perDraw = new Shape(samples, batch);

      NDList decoded = new NDList();
      for (NDArray parameter : components.decoder().decode(rows, pass)) {
        decoded.add(parameter.reshape(samples, batch, shape.dimensions()));
      }
      NDArray reconstruction = components.likelihood().logProb(x, decoded, pass);
      NDArray logPrior = prior.logProb(rows).reshape(perDraw);
      return new ElboTerms(reconstruction, posterior.logProb(z).sub(logPrior));
    }

    @Override
    public NDArray encode(NDArray x) {
      checkExamples(x);
      return components.encoder().encode(x, pass).mean();
    }

    @Override
    public NDArray decode(NDArray z) {
      return components.likelihood().mean(components.decoder().decode(z, pass), pass);
    }

    @Override
    public NDArray samplePrior(int count) {
      return prior.sample(count);
    }

    @Override
    public NDArray pseudoInputs() {
      return components
          .prior()
          .pseudoInputs(pass)
          .orElseGet(() -> manager.zeros(new Shape(0, shape.dimensions())));
    }

    @Override
    public Optional<NDArray> responsibilities(NDArray z) {
      return prior
          .componentLogProb(z)
          .map(shares -> shares.toType(DataType.FLOAT64, false).softmax(-1));
    }

    @Override
    public Optional<String> firstNotFinite(NDArray x, int samples) {
      return new ForwardTrace(components, parameters, pass, prior).firstNotFinite(x, samples);
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
  }

  /** Draws of a pass, with the posteriors they are from. */
  private record Draws(CurrentPass pass, NDArray x, Posterior posterior, NDArray latents)
      implements LatentDraws {

    @Override
    public ElboTerms elboTerms() {
      return pass.elboTerms(x, posterior, latents);
    }
  }
}
