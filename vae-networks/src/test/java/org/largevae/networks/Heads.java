package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.likelihood.Likelihood;

/** Shows what a decoder gave it: the mean of its density is the parameters, as they are. */
record Heads(int count, int dimensions) implements Likelihood {
  @Override
  public Shape parameters() {
    return new Shape(count, dimensions);
  }

  @Override
  public boolean supports(ValueKind kind) {
    return true;
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    return new DiagonalGaussian(parameters, parameters);
  }
}
