package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Optional;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;
import org.largevae.testkit.BrokenPriors.Broken;

/** The contract run on right priors that are built on points in data space. */
final class ExamplePriors {

  private ExamplePriors() {}

  /** A mixture of the posteriors of learnt pseudo-inputs. */
  static class OfPseudoInputs implements Prior {
    private static final int COUNT = 4;

    private final ParameterBlock block = new ParameterBlock();
    private final Parameter points;

    OfPseudoInputs(ModelShape shape) {
      this.points =
          block.add("pseudo_inputs", new Shape(COUNT, shape.dimensions()), (m, s, t) -> m.zeros(s));
    }

    @Override
    public Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public void initialize(Start start) {
      NDArray examples = start.trainingExamples(COUNT);
      points.setInitializer((NDManager m, Shape s, DataType t) -> examples);
      block.initialize(start.manager(), DataType.FLOAT32);
    }

    @Override
    public Density distribution(PriorContext context) {
      NDArray inputs = pseudoInputs(context.pass()).orElseThrow();
      return Mixture.uniform(context.posterior(inputs));
    }

    @Override
    public Optional<NDArray> pseudoInputs(Pass pass) {
      return Optional.of(Tensors.clamp(pass.value(points), 0, 1));
    }
  }

  /** A mixture of the posteriors of all training examples but those of the batch. */
  static class LeavesTheBatchOut implements Prior {
    @Override
    public boolean dependsOnBatch() {
      return true;
    }

    @Override
    public Density distribution(PriorContext context) {
      TrainingExamples examples = context.training().orElseThrow();
      long[] batch = context.batch().orElseThrow().places().orElseThrow().toLongArray();
      NDManager manager = context.pass().manager();
      NDArray others =
          manager.arange(batch.length, (int) examples.size()).toType(DataType.INT64, false);
      return Mixture.uniform(context.posterior(examples.rows(others)));
    }
  }

  static class PseudoInputs extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new OfPseudoInputs(shape);
    }
  }

  static class Examples extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LeavesTheBatchOut();
    }
  }
}
