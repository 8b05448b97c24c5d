package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Objects;
import java.util.Optional;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.data.Support;
import org.largevae.api.distribution.LatentDistribution;
import org.largevae.api.distribution.Posterior;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;

/**
 * The variational mixture of posteriors prior (VampPrior): {@code p(z) = 1/K sum_k q(z | u_k)}
 * (Tomczak and Welling 2018, arXiv:1705.07120, section 3).
 *
 * <p>The K pseudo-inputs u_k are points in data space and parameters of this prior; they are
 * trained by back-propagation through the encoder, whose parameters are shared. They are stored
 * unconstrained, as the parameter {@code pseudo_inputs} of shape (K, D), and kept within the data's
 * bounds where they are used; a value beyond a bound has no gradient there.
 */
public final class VampPrior implements Prior {
  private final VampPriorConfig config;
  private final Support support;
  private final ParameterBlock block = new ParameterBlock();
  private final Parameter pseudoInputs;

  /**
   * A VampPrior; its pseudo-inputs have no values yet.
   *
   * @param config how many pseudo-inputs and where they start
   * @param shape the model's sizes
   */
  public VampPrior(VampPriorConfig config, ModelShape shape) {
    this.config = Objects.requireNonNull(config, "config is null");
    this.support = shape.support();
    this.pseudoInputs =
        block.add(
            "pseudo_inputs",
            new Shape(config.pseudoInputs(), shape.dimensions()),
            this::normalStart);
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(block);
  }

  @Override
  public void initialize(Start start) {
    if (config.init() == VampPriorConfig.Init.TRAINING_DATA) {
      pseudoInputs.setInitializer((manager, shape, type) -> trainingDataStart(start));
    }
    block.initialize(start.manager(), DataType.FLOAT32);
  }

  @Override
  public Optional<NDArray> pseudoInputs(Pass pass) {
    return Optional.of(constrainedPseudoInputs(pass));
  }

  @Override
  public LatentDistribution distribution(PriorContext context) {
    Posterior components = context.encode(constrainedPseudoInputs(context.pass()));
    return new Mixture(components, context.pass().manager());
  }

  private NDArray constrainedPseudoInputs(Pass pass) {
    NDArray unconstrained = pass.value(pseudoInputs);
    return support == Support.REAL
        ? unconstrained
        : Tensors.clamp(unconstrained, support.lowest(), support.highest());
  }

  private NDArray normalStart(NDManager manager, Shape shape, DataType type) {
    return manager.randomNormal(
        (float) config.initMean(), (float) config.initStandardDeviation(), shape, type);
  }

  private NDArray trainingDataStart(Start start) {
    NDArray examples = start.trainingExamples(config.pseudoInputs());
    NDArray noise =
        start
            .manager()
            .randomNormal(0, (float) config.initNoise(), examples.getShape(), DataType.FLOAT32);
    return examples.add(noise);
  }

  /** The equally weighted mixture of K posteriors. */
  private record Mixture(Posterior components, NDManager manager) implements LatentDistribution {

    /** {@code log p(z) = log sum_k exp(log q(z | u_k)) - log K}. */
    @Override
    public NDArray logProb(NDArray z) {
      NDArray perComponent = components.logProbPairwise(z);
      return Tensors.logSumExpLast(perComponent).sub(Math.log(components.size()));
    }

    @Override
    public Optional<NDArray> componentLogProb(NDArray z) {
      return Optional.of(components.logProbPairwise(z).sub(Math.log(components.size())));
    }

    /** Chooses a component for each draw, each of the K as likely, then draws from it. */
    @Override
    public NDArray sample(int count) {
      NDArray chosen =
          manager.randomInteger(0, components.size(), new Shape(count), DataType.INT64);
      return components.select(chosen).sample();
    }
  }
}
