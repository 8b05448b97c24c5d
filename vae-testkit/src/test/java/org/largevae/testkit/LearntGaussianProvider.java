package org.largevae.testkit;

import org.largevae.api.config.Setting;
import org.largevae.api.prior.PriorProvider;

/** Makes {@link LearntGaussian}; its one setting changes nothing. */
public class LearntGaussianProvider extends PriorProvider<LearntGaussianProvider.Scale> {

  /** Its settings. */
  record Scale(
      @Setting(value = "1", atLeast = 0.1, atMost = 10, meaning = "changes nothing")
          double scale) {}

  /** Found by {@link java.util.ServiceLoader}. */
  public LearntGaussianProvider() {
    super(
        "learnt-gaussian",
        "Gaussian with learnt moments",
        Scale.class,
        (scale, shape) -> new LearntGaussian(shape));
  }
}
