package org.largevae.priors.reweighted;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import java.util.function.DoubleUnaryOperator;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/** A prior with values, and what tests measure of its density. */
record PriorBench(NDManager manager, Prior prior) {
  private static final int NODES = 4001;
  private static final double REACH = 8;

  static ModelShape shape(int latentSize) {
    return ModelShape.of(DataDescription.of(new DataShape(1, 1, 1), ValueKinds.BINARY), latentSize);
  }

  /** Gives the prior its start. */
  static PriorBench of(NDManager manager, Prior prior) {
    prior.initialize(
        new Start() {
          @Override
          public NDManager manager() {
            return manager;
          }

          @Override
          public NDArray trainingExamples(int count) {
            throw new AssertionError("it has no use for examples");
          }
        });
    return new PriorBench(manager, prior);
  }

  Parameter parameter(String name) {
    return prior.block().orElseThrow().getParameters().get(name);
  }

  PriorBench set(String name, float... values) {
    NDArray array = parameter(name).getArray();
    array.set(new NDIndex("..."), manager.create(values, array.getShape()));
    return this;
  }

  /**
   * Makes a network of one hidden unit linear: tanh(x) is x to a part in 10^5 for all that is
   * drawn.
   */
  PriorBench linear(float[] slope, float bias) {
    float small = 1e-3f;
    float[] weights = slope.clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= small;
    }
    return set("weight1", weights).set("weight2", 1 / small).set("bias2", bias);
  }

  Density inference() {
    return distribution(Pass.inference(manager));
  }

  Density training() {
    return distribution(Pass.training(manager));
  }

  private Density distribution(Pass pass) {
    return prior.distribution(
        new PriorContext() {
          @Override
          public Pass pass() {
            return pass;
          }

          @Override
          public Density posterior(NDArray x) {
            throw new AssertionError("it has no use for an encoder");
          }
        });
  }

  /** The integral of a function times a density over the line, by the trapezoid rule. */
  double integral(Density density, DoubleUnaryOperator function) {
    float[] nodes = new float[NODES];
    for (int i = 0; i < NODES; i++) {
      nodes[i] = (float) (REACH * (2.0 * i / (NODES - 1) - 1));
    }
    float[] logProb =
        density
            .logProb(manager.create(nodes).reshape(NODES, 1))
            .toType(DataType.FLOAT32, false)
            .toFloatArray();
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
      sum += Math.exp(logProb[i]) * function.applyAsDouble(nodes[i]) * 2 * REACH / (NODES - 1);
    }
    return sum;
  }

  /** The integral of a function times the standard normal density. */
  static double expectation(DoubleUnaryOperator function) {
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
      double z = REACH * (2.0 * i / (NODES - 1) - 1);
      sum += Math.exp(-z * z / 2) * function.applyAsDouble(z) * 2 * REACH / (NODES - 1);
    }
    return sum / Math.sqrt(2 * Math.PI);
  }
}
