package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;
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
 */
public final class VampPrior implements Prior {
  private static final String PSEUDO_INPUTS = "pseudo_inputs";

  private final VampPriorSettings settings;
  private final DataDescription data;
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter pseudoInputs;
  private final Optional<Parameter> logits;

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
    Density components = context.posterior(constrained(pass));
    return logits
        .map(weights -> new Mixture(components, Tensors.toFloat64(pass.value(weights))))
        .orElseGet(() -> Mixture.uniform(components));
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
    NDArray examples = start.trainingExamples(settings.pseudoInputs());
    NDArray noise =
        start
            .manager()
            .randomNormal(0, (float) settings.initNoise(), examples.getShape(), DataType.FLOAT32);
    return examples.add(noise);
  }

  private NDArray constrained(Pass pass) {
    NDArray unconstrained = pass.value(pseudoInputs);
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
