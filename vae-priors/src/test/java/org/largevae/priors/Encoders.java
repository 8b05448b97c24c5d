package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import java.util.function.Function;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.prior.PriorContext;

/** Hand-written encoders whose posteriors a test knows. */
final class Encoders {

  private Encoders() {}

  /** What a prior sees of a pass and of an encoder. */
  static PriorContext context(Pass pass, Function<NDArray, Density> encoder) {
    return new PriorContext() {
      @Override
      public Pass pass() {
        return pass;
      }

      @Override
      public Density posterior(NDArray x) {
        return encoder.apply(x);
      }
    };
  }

  /** Gives row k the k-th of fixed moments, whatever the input holds; counts how often it ran. */
  static final class Table implements Function<NDArray, Density> {
    private final NDArray means;
    private final NDArray logVariances;
    private int runs;

    Table(NDArray means, NDArray logVariances) {
      this.means = means;
      this.logVariances = logVariances;
    }

    @Override
    public Density apply(NDArray x) {
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
  record Linear(NDArray meanWeights, NDArray logVarianceWeights)
      implements Function<NDArray, Density> {
    @Override
    public Density apply(NDArray x) {
      return new DiagonalGaussian(x.matMul(meanWeights), x.matMul(logVarianceWeights));
    }
  }
}
