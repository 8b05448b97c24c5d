package org.largevae.priors.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.stream.LongStream;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;

/** The mean of a distribution that has no closed form for it. */
final class DrawnMean {
  private static final int DRAWS = 10_000;

  private DrawnMean() {}

  /**
   * The average of 10,000 draws, the same at each call.
   *
   * @param density a batch ()
   * @param size M
   * @return shape (M)
   */
  static NDArray of(Density density, int size) {
    Noise fixed = Noise.ofExamples(LongStream.range(0, DRAWS).toArray());
    NDArray mean;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      mean = density.sample(new Shape(DRAWS), fixed).mean(new int[] {0});
      NDScope.unregister(mean);
    }
    NDScope.register(mean);
    return mean;
  }
}
