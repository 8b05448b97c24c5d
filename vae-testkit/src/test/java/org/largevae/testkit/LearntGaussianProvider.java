package org.largevae.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;

/** Makes {@link LearntGaussian}; its one key changes nothing but is read and checked. */
public class LearntGaussianProvider implements PriorProvider {
  /** Found by {@link java.util.ServiceLoader}. */
  public LearntGaussianProvider() {}

  @Override
  public String name() {
    return "learnt-gaussian";
  }

  @Override
  public String description() {
    return "Gaussian with learnt moments";
  }

  @Override
  public Config defaults() {
    return ConfigFactory.parseString("scale = 1");
  }

  @Override
  public Prior create(Settings settings, ModelShape shape) {
    settings.number("scale", 0.1, 10);
    return prior(shape);
  }

  Prior prior(ModelShape shape) {
    return new LearntGaussian(shape);
  }
}
