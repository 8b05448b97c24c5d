package com.example.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.prior.PriorContext;

/** Numbers that are known without the code under test; the contract test has the rest. */
class LogisticPriorTest {
  private static final DataDescription DATA =
      DataDescription.of(new DataShape(1, 1, 1), ValueKinds.REAL);

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(3);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void theDensityIsThatOfTheFormula() {
    Density prior = prior(new double[] {1, -2}, new double[] {1, 0.5});

    // at the mean 1 / (4 s)
    assertThat(logProb(prior, 1, -2)).isCloseTo(-Math.log(4) - Math.log(2), within(1e-6));
    // at mu + s log 3, where exp(-x) = 1/3: (1/3) / (4/3)^2 / s = 3 / (16 s)
    assertThat(logProb(prior, 1 + Math.log(3), -2 + 0.5 * Math.log(3)))
        .isCloseTo(Math.log(3.0 / 16) + Math.log(3.0 / 8), within(1e-6));
  }

  @Test
  void farOutItFallsLinearlyOnBothSides() {
    Density prior = prior(new double[] {0}, new double[] {1});

    assertThat(logProb(prior, 1e6)).isCloseTo(-1e6, within(0.5));
    assertThat(logProb(prior, -1e6)).isCloseTo(-1e6, within(0.5));
  }

  @Test
  void itStartsWithMeanZeroAndVarianceOne() {
    int count = 100_000;
    LogisticPrior prior = new LogisticPrior(settings(""), ModelShape.of(DATA, 1));
    prior.block().orElseThrow().initialize(manager, DataType.FLOAT32);

    NDArray sample = prior.distribution(context()).sample(new Shape(count));

    // s^2 pi^2 / 3 at s = 0.55; the fourth moment is 4.2 squared variances (excess kurtosis 6/5)
    double variance = 0.55 * 0.55 * Math.PI * Math.PI / 3;
    assertThat(variance).isCloseTo(1, within(0.005));
    assertThat((double) sample.mean().getFloat())
        .isCloseTo(0, within(5 * Math.sqrt(variance / count)));
    assertThat((double) sample.square().mean().getFloat())
        .isCloseTo(variance, within(5 * variance * Math.sqrt(3.2 / count)));
  }

  @Test
  void quartilesOfDrawsAreWhereTheyBelong() {
    int count = 20_000;
    double quartile = 0.5 * Math.log(3);
    NDArray sample = prior(new double[] {10}, new double[] {0.5}).sample(new Shape(count));

    double standardError = Math.sqrt(0.25 * 0.75 / count);
    assertThat(share(sample.lt(10 - quartile), count)).isCloseTo(0.25, within(5 * standardError));
    assertThat(share(sample.gt(10 + quartile), count)).isCloseTo(0.25, within(5 * standardError));
  }

  @Test
  void drawsAreFiniteAtBothEndsOfTheUniformNumbers() {
    Density prior = prior(new double[] {0}, new double[] {1});

    // log(u / (1 - u)) at u = 2^-24 and at 1 - 2^-24
    double furthest = 24 * Math.log(2);
    assertThat((double) prior.sample(new Shape(1), new Constant(0)).getFloat())
        .isCloseTo(-furthest, within(1e-5));
    assertThat((double) prior.sample(new Shape(1), new Constant(1)).getFloat())
        .isCloseTo(furthest, within(1e-5));
  }

  @Test
  void scalesAreKeptWithinTheirBounds() {
    double vanishing = 1e-30;
    double huge = 1e30;

    assertThat(logProb(prior(new double[] {0}, new double[] {vanishing}), 0))
        .isCloseTo(-Math.log(4 * 0.01), within(1e-5));
    assertThat(logProb(prior(new double[] {0}, new double[] {huge}), 0))
        .isCloseTo(-Math.log(4 * 10), within(1e-5));
  }

  @Test
  void gradientsAreTakenAsTheyAre() {
    LogisticPrior prior = new LogisticPrior(settings(""), ModelShape.of(DATA, 2));

    assertThat(prior.gradientRule("means")).isEqualTo(GradientRule.PLAIN);
    assertThat(prior.gradientRule("log_scales")).isEqualTo(GradientRule.PLAIN);
  }

  @Test
  void aStartOutsideTheBoundsIsRefused() {
    assertThatThrownBy(() -> settings("init-scale = 20"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.prior.init-scale = 20: must be from scale-min to scale-max, 0.01 to 10.0"
                + " (from experiment.conf: 1)");
  }

  private Density prior(double[] means, double[] scales) {
    LogisticPrior prior = new LogisticPrior(settings(""), ModelShape.of(DATA, means.length));
    set(prior, "means", means);
    double[] logScales = new double[scales.length];
    for (int m = 0; m < scales.length; m++) {
      logScales[m] = Math.log(scales[m]);
    }
    set(prior, "log_scales", logScales);
    return prior.distribution(context());
  }

  private void set(LogisticPrior prior, String name, double[] values) {
    Parameter parameter = prior.block().orElseThrow().getParameters().get(name);
    parameter.setInitializer((m, shape, type) -> m.create(values, shape).toType(type, false));
    parameter.initialize(manager, DataType.FLOAT32);
  }

  private double logProb(Density prior, double... z) {
    NDArray latents = manager.create(z, new Shape(1, z.length)).toType(DataType.FLOAT32, false);
    return prior.logProb(latents).getFloat(0);
  }

  private static double share(NDArray hits, int count) {
    return (double) hits.sum().getLong() / count;
  }

  private PriorContext context() {
    return new NoEncoder(Pass.inference(manager));
  }

  private static LogisticPriorSettings settings(String text) {
    SettingsSchema<LogisticPriorSettings> schema = new LogisticPriorProvider().settings();
    return schema.read(
        new Settings(
            ConfigFactory.parseString(
                    text, ConfigParseOptions.defaults().setOriginDescription("experiment.conf"))
                .withFallback(schema.defaults("the defaults")),
            "model.prior"));
  }

  /** What a prior that has no use for an encoder may depend on. */
  private record NoEncoder(Pass pass) implements PriorContext {
    @Override
    public Density posterior(NDArray x) {
      throw new AssertionError("a logistic prior encodes nothing");
    }
  }

  /** Uniform numbers that are all the same. */
  private record Constant(float value) implements Noise {
    @Override
    public NDArray uniform(NDManager manager, Shape shape, DataType type) {
      return manager.full(shape, value, type);
    }

    @Override
    public NDArray normal(NDManager manager, Shape shape, DataType type) {
      throw new AssertionError("a logistic distribution needs uniform numbers only");
    }

    @Override
    public NDArray each(NDManager manager, Shape shape, Each draw) {
      throw new AssertionError("a logistic distribution needs uniform numbers only");
    }
  }
}
