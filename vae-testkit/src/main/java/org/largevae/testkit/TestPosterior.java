package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.network.Posterior;

/**
 * A posterior for encoders to be tested with: Gaussian, its log variance a bounded function of the
 * second half of its parameters.
 *
 * @param shape the encoder's level's sizes
 */
record TestPosterior(ModelShape shape) implements Posterior {

  @Override
  public long parameters() {
    return 2L * shape.latentSize();
  }

  @Override
  public DiagonalGaussian of(NDArray parameters, Pass pass) {
    Shapes.requireEvent(parameters, parameters());
    NDList parts = parameters.split(2, parameters.getShape().dimension() - 1);
    return new DiagonalGaussian(parts.get(0), parts.get(1).tanh().sub(1));
  }
}
