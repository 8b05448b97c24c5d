package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.likelihood.Likelihood;

/**
 * Shows what a decoder gave it: the mean of its density is the parameters, as they are.
 *
 * @param parameters the shape of the parameters
 */
record PixelHeads(Shape parameters) implements Likelihood {

  @Override
  public boolean supports(ValueKind kind) {
    return true;
  }

  @Override
  public Density of(NDArray values, Pass pass) {
    return new DiagonalGaussian(values, values);
  }
}
