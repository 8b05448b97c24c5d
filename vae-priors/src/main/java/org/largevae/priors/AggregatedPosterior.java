package org.largevae.priors;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/**
 * The aggregated posterior as a prior: {@code p(z) = 1/K sum_n q(z | x_n)} over training examples
 * x_n, by default all (Hoffman and Johnson 2016; Tomczak and Welling 2018, arXiv:1705.07120,
 * section 3: the optimal prior, which overfits). It is the VampPrior whose pseudo-inputs are the
 * training examples. Leave-one-out, the prior of a training example is {@code 1/(K - 1) sum_{m !=
 * n} q(z | x_m)}, in training and wherever it is known which training example is evaluated.
 *
 * <p>A training step encodes the examples anew, all of them or for each draw those k whose
 * components are nearest, which gives a lower bound of the density. All else takes the means and
 * log variances that were encoded after the last epoch, state of this prior of shape (K, M) each,
 * so that a model evaluates and samples without its data. <b>Whoever has the weights has an
 * encoding of each of these training examples, from which the decoder makes a likeness of it</b>:
 * treat the weights of a model of private data as these data. Before the first epoch the prior is a
 * standard normal.
 *
 * <p>Of dynamically binarised data the exemplars are the grey levels, not draws.
 */
public final class AggregatedPosterior implements Prior {
  private final ExemplarSettings settings;
  private final ModelShape shape;
  private final Exemplars exemplars;
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter means;
  private final Parameter logVariances;

  /**
   * An aggregated posterior; its encodings have no values yet.
   *
   * @param settings which training examples it is made of
   * @param shape its level's sizes
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public AggregatedPosterior(ExemplarSettings settings, ModelShape shape) {
    this.settings = SettingsSchema.check(settings);
    this.shape = shape;
    this.exemplars = new Exemplars(settings);
    // of a row for each example, whose number the start knows
    this.means = block.addState("means", null, Initializer.ZEROS);
    this.logVariances = block.addState("log_variances", null, Initializer.ZEROS);
  }

  /**
   * With the defaults of all settings; its parameters have no values yet.
   *
   * @param shape its level's sizes
   */
  public AggregatedPosterior(ModelShape shape) {
    this(SettingsSchema.of(ExemplarSettings.class).defaultValues(), shape);
  }

  @Override
  public Density distribution(PriorContext context) {
    Pass pass = context.pass();
    DiagonalGaussian cached = new DiagonalGaussian(pass.value(means), pass.value(logVariances));
    return exemplars.distribution(context, cached, points -> posterior(context, points));
  }

  private static DiagonalGaussian posterior(PriorContext context, Batch points) {
    Density posterior = context.posterior(points);
    if (posterior instanceof DiagonalGaussian gaussian) {
      return gaussian;
    }
    throw new ConfigurationException(
        "the prior aggregated-posterior is made of diagonal Gaussian posteriors, but the encoder's"
            + " are "
            + posterior.getClass().getSimpleName()
            + "; choose another encoder or posterior, or the prior vampprior");
  }

  @Override
  public boolean dependsOnBatch() {
    return settings.leaveOneOut();
  }

  @Override
  public void refresh(PriorContext context) {
    exemplars.refresh(
        context,
        List.of(means, logVariances),
        points -> {
          DiagonalGaussian posterior = posterior(context, points);
          return new NDList(posterior.mean(), posterior.logVariance());
        });
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  @Override
  public void initialize(Start start) {
    exemplars.choose(start, List.of(means, logVariances), shape.latentSize());
    block.initialize(start.manager(), DataType.FLOAT32);
  }
}
