package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/**
 * The exemplar prior: {@code p(z) = 1/K sum_n N(z; mu(x_n), sigma^2 I)} over training examples x_n,
 * by default all, with the encoder's means and one trained variance, {@code log sigma^2}, which
 * starts at 0 (Norouzi, Fleet and Norouzi 2020, arXiv:2004.04795, equation 5). Leave-one-out, the
 * prior of a training example is {@code 1/(K - 1) sum_{m != n} N(z; mu(x_m), sigma^2 I)}, in
 * training and wherever it is known which training example is evaluated.
 *
 * <p>A training step encodes the examples anew, all of them or for each draw those k whose means
 * are nearest, which gives a lower bound of the density: the paper divides by the number of
 * neighbours, this by K. All else takes the means that were encoded after the last epoch, state of
 * this prior of shape (K, M), so that a model evaluates and samples without its data. <b>Whoever
 * has the weights has an encoding of each of these training examples, from which the decoder makes
 * a likeness of it</b>: treat the weights of a model of private data as these data. Before the
 * first epoch the prior is a standard normal.
 *
 * <p>Of dynamically binarised data the exemplars are the grey levels, not draws, as in the paper.
 */
public final class ExemplarPrior implements Prior {
  private final ExemplarSettings settings;
  private final ModelShape shape;
  private final Exemplars exemplars;
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter logVariance;
  private final Parameter means;

  /**
   * An exemplar prior; its encodings have no values yet.
   *
   * @param settings which training examples it is made of
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public ExemplarPrior(ExemplarSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    this.shape = shape;
    this.exemplars = new Exemplars(settings);
    this.logVariance = block.add("log_variance", new Shape(1), Initializer.ZEROS);
    // of a row for each example, whose number the start knows
    this.means = block.addState("means", null, Initializer.ZEROS);
  }

  /**
   * With the defaults of all settings; its parameters have no values yet.
   *
   * @param shape its level's sizes
   */
  public ExemplarPrior(ModelShape shape) {
    this(SettingsSchema.of(ExemplarSettings.class).defaultValues(), shape);
  }

  @Override
  public Density distribution(PriorContext context) {
    Pass pass = context.pass();
    return exemplars.distribution(
        context,
        around(pass.value(means), pass),
        points -> around(context.posterior(points).mean(), pass));
  }

  private DiagonalGaussian around(NDArray centres, Pass pass) {
    return new DiagonalGaussian(centres, pass.value(logVariance).broadcast(centres.getShape()));
  }

  @Override
  public boolean dependsOnBatch() {
    return settings.leaveOneOut();
  }

  @Override
  public void refresh(PriorContext context) {
    exemplars.refresh(
        context, List.of(means), points -> new NDList(context.posterior(points).mean()));
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  /** Plain: the gradient of one number has a size that says something. */
  @Override
  public GradientRule gradientRule(String parameter) {
    return GradientRule.PLAIN;
  }

  @Override
  public void initialize(Start start) {
    exemplars.choose(start, List.of(means), shape.latentSize());
    block.initialize(start.manager(), DataType.FLOAT32);
  }
}
