package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Posterior;
import org.largevae.api.network.Encoder;

/** Hand-written encoders whose posteriors a test knows. */
final class Encoders {

  private Encoders() {}

  /** Gives row k the k-th of fixed moments, whatever the input holds; counts how often it ran. */
  static final class Table implements Encoder {
    private final NDArray means;
    private final NDArray logVariances;
    private int runs;

    Table(NDArray means, NDArray logVariances) {
      this.means = means;
      this.logVariances = logVariances;
    }

    @Override
    public Posterior encode(NDArray x, Pass pass) {
      if (x.getShape().get(0) != means.getShape().get(0)) {
        throw new AssertionError("asked to encode " + x.getShape());
      }
      runs++;
      return new DiagonalGaussian(means, logVariances);
    }

    int runs() {
      return runs;
    }
  }

  /** The moments are linear in the input. */
  record Linear(NDArray meanWeights, NDArray logVarianceWeights) implements Encoder {
    @Override
    public Posterior encode(NDArray x, Pass pass) {
      return new DiagonalGaussian(x.matMul(meanWeights), x.matMul(logVarianceWeights));
    }
  }
}
