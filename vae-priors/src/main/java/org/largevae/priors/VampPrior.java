package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;

/**
 * The variational mixture of posteriors prior (VampPrior): {@code p(z) = sum_k w_k q(z | u_k)},
 * {@code w_k = 1/K} (Tomczak and Welling 2018, arXiv:1705.07120, section 3) or {@code w =
 * softmax(logits)}, trained.
 *
 * <p>The K pseudo-inputs u_k are points in data space and parameters of this prior; they are
 * trained by back-propagation through the encoder, whose parameters are shared. They are stored
 * unconstrained, as the parameter {@code pseudo_inputs} of shape (K, D), and kept within the data's
 * bounds where they are used; a value beyond a bound has no gradient there. Trained weights add the
 * parameter {@code logits} (K), 0 at the start.
 *
 * <p>With {@code neighbours = k} above 0 a training step encodes for each draw of z only those k
 * pseudo-inputs whose components are nearest, by encodings that are this prior's state and made
 * anew after every epoch: a step then costs nearly the same for any K. What it trains on is a lower
 * bound of the density, {@code log sum_{k in S} q(z | u_k) - log K} over the union S of a batch's
 * nearest; evaluation takes all K.
 */
public final class VampPrior implements Prior {
  private static final String PSEUDO_INPUTS = "pseudo_inputs";

  private final VampPriorSettings settings;
  private final DataDescription data;
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter pseudoInputs;
  private final Optional<Parameter> logits;

  /** Means and log variances of the encoded pseudo-inputs; none where all are encoded anew. */
  private final List<Parameter> encodings;

  /**
   * A VampPrior; its pseudo-inputs have no values yet.
   *
   * @param settings how many pseudo-inputs there are and where they start
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public VampPrior(VampPriorSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    this.data = shape.data();
    Shape points = new Shape(settings.pseudoInputs(), shape.dimensions());
    this.pseudoInputs = block.add(PSEUDO_INPUTS, points, this::normalStart);
    this.logits =
        settings.weights() == VampPriorSettings.Weights.LEARNED
            ? Optional.of(
                block.add("logits", new Shape(settings.pseudoInputs()), Initializer.ZEROS))
            : Optional.empty();
    Shape latents = new Shape(settings.pseudoInputs(), shape.latentSize());
    this.encodings =
        settings.neighbours() == 0
            ? List.of()
            : List.of(
                block.addState("means", latents, Initializer.ZEROS),
                block.addState("log_variances", latents, Initializer.ZEROS));
  }

  /**
   * A VampPrior with the other settings' defaults; its pseudo-inputs have no values yet.
   *
   * @param shape its level's sizes
   * @param pseudoInputs K, at least 1
   * @throws IllegalArgumentException if K is below 1
   */
  public VampPrior(ModelShape shape, int pseudoInputs) {
    this(VampPriorSettings.of(pseudoInputs), shape);
  }

  @Override
  public Density distribution(PriorContext context) {
    Pass pass = context.pass();
    if (encodings.isEmpty() || !pass.isTraining()) {
      return mixture(context.posterior(constrained(pass)), pass);
    }
    NDArray points = pass.value(pseudoInputs);
    DiagonalGaussian remembered =
        new DiagonalGaussian(pass.value(encodings.get(0)), pass.value(encodings.get(1)));
    return new NearestComponents(
        remembered,
        mixture(remembered, pass).logWeights(),
        places -> context.posterior(constrained(Tensors.rows(points, places), pass)),
        settings.neighbours(),
        Optional.empty());
  }

  private Mixture mixture(Density components, Pass pass) {
    return logits
        .map(weights -> new Mixture(components, Tensors.toFloat64(pass.value(weights))))
        .orElseGet(() -> Mixture.uniform(components));
  }

  @Override
  public void refresh(PriorContext context) {
    if (!encodings.isEmpty()) {
      NDArray points = constrained(context.pass());
      Encodings.refresh(
          context.pass(),
          encodings,
          settings.pseudoInputs(),
          (from, to) -> encoded(context.posterior(points.get(from + ":" + to))));
    }
  }

  /** Neighbours of components that are no diagonal Gaussians are those of the nearest means. */
  private static NDList encoded(Density posterior) {
    NDArray means = posterior.mean();
    return posterior instanceof DiagonalGaussian gaussian
        ? new NDList(means, gaussian.logVariance())
        : new NDList(means, means.zerosLike());
  }

  @Override
  public Optional<NDArray> pseudoInputs(Pass pass) {
    return Optional.of(constrained(pass));
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  @Override
  public GradientRule gradientRule(String parameter) {
    return parameter.equals(PSEUDO_INPUTS) ? settings.gradient() : GradientRule.PLAIN;
  }

  @Override
  public void initialize(Start start) {
    if (settings.init() == VampPriorSettings.Init.TRAINING_DATA) {
      pseudoInputs.setInitializer((manager, shape, type) -> trainingDataStart(start));
    }
    block.initialize(start.manager(), DataType.FLOAT32);
  }

  private NDArray normalStart(NDManager manager, Shape shape, DataType type) {
    return manager.randomNormal(
        (float) settings.initMean(), (float) settings.initStandardDeviation(), shape, type);
  }

  private NDArray trainingDataStart(Start start) {
    NDArray examples = asManyExamples(start);
    NDArray noise =
        start
            .manager()
            .randomNormal(0, (float) settings.initNoise(), examples.getShape(), DataType.FLOAT32);
    return examples.add(noise);
  }

  private NDArray asManyExamples(Start start) {
    try {
      return start.trainingExamples(settings.pseudoInputs());
    } catch (ConfigurationException tooFew) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "model.prior.pseudo-inputs = %d: %s; set fewer, or model.prior.init = normal",
              settings.pseudoInputs(),
              tooFew.getMessage()),
          tooFew);
    }
  }

  private NDArray constrained(Pass pass) {
    return constrained(pass.value(pseudoInputs), pass);
  }

  private NDArray constrained(NDArray unconstrained, Pass pass) {
    return data.singleKind()
        .map(kind -> Tensors.clamp(unconstrained, kind.lowest(), kind.highest()))
        .orElseGet(
            () ->
                Tensors.clamp(
                    unconstrained,
                    bounds(pass, ValueKind::lowest),
                    bounds(pass, ValueKind::highest)));
  }

  /** A bound of each value of an example, shape (D). */
  private NDArray bounds(Pass pass, ToDoubleFunction<ValueKind> bound) {
    float[] bounds = new float[data.dimensions()];
    for (int value = 0; value < bounds.length; value++) {
      bounds[value] = (float) bound.applyAsDouble(data.kind(value));
    }
    return pass.manager().create(bounds);
  }
}
