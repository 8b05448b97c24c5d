package org.largevae.priors.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.largevae.api.tensor.Tensors;

/**
 * {@code e = (z - t) exp(-s)} with {@code s = bound tanh(raw / bound)}, so that no scale explodes
 * or vanishes.
 *
 * @param bound of |s|, above 0
 */
record AffineMap(double bound) implements ElementwiseMap {

  @Override
  public int heads() {
    return 2;
  }

  @Override
  public Mapped toBase(NDArray z, NDArray parameters) {
    NDList heads = heads(parameters);
    NDArray negative = scale(heads).neg();
    return new Mapped(z.sub(heads.get(0)).mul(negative.exp()), negative);
  }

  @Override
  public NDArray fromBase(NDArray base, NDArray parameters) {
    NDList heads = heads(parameters);
    return base.mul(scale(heads).exp()).add(heads.get(0));
  }

  private static NDList heads(NDArray parameters) {
    return parameters.split(2, parameters.getShape().dimension() - 1);
  }

  private NDArray scale(NDList heads) {
    return Tensors.multiply(Tensors.multiply(heads.get(1), 1 / bound).tanh(), bound);
  }
}
