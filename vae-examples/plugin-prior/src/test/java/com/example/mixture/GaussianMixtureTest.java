package com.example.mixture;

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
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.prior.PriorContext;

/** Numbers that are known without the code under test; the contract test has the rest. */
class GaussianMixtureTest {
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
  void oneComponentIsAGaussian() {
    Density prior =
        mixture(new double[][] {{1, -2}}, new double[][] {{0, Math.log(4)}}, new double[] {0.7});

    // -log(2 pi) - log(2) - 1/2 (0 + 9 / 4) at (1, 1)
    assertThat(logProb(prior, 1, 1))
        .isCloseTo(-Math.log(2 * Math.PI) - Math.log(2) - 1.125, within(1e-6));
  }

  @Test
  void componentsAreWeighedBySoftmax() {
    Density prior =
        mixture(
            new double[][] {{0}, {3}},
            new double[][] {{0}, {Math.log(0.25)}},
            new double[] {Math.log(1), Math.log(3)});

    double expected = 0.25 * density(1, 0, 1) + 0.75 * density(1, 3, 0.5);
    assertThat(logProb(prior, 1)).isCloseTo(Math.log(expected), within(1e-6));
  }

  @Test
  void farFromAllComponentsTheNearestDecides() {
    Density prior =
        mixture(new double[][] {{0}, {1}}, new double[][] {{0}, {0}}, new double[] {0, 0});

    double nearest = -0.5 * 99 * 99 - 0.5 * Math.log(2 * Math.PI) - Math.log(2);
    assertThat(logProb(prior, 100)).isCloseTo(nearest, within(1e-6 * -nearest));
  }

  @Test
  void variancesAreKeptWithinTheirBounds() {
    Density prior =
        mixture(new double[][] {{0}, {0}}, new double[][] {{-50}, {-50}}, new double[] {0, 0});

    assertThat(logProb(prior, 0)).isCloseTo(3 - 0.5 * Math.log(2 * Math.PI), within(1e-6));
  }

  @Test
  void drawsComeFromComponentsAsOftenAsTheirWeightsSay() {
    int count = 20_000;
    Density prior =
        mixture(
            new double[][] {{-100}, {0}, {100}},
            new double[][] {{0}, {0}, {0}},
            new double[] {Math.log(0.1), Math.log(0.2), Math.log(0.7)});

    NDArray sample = prior.sample(new Shape(count));

    double[] expected = {0.1, 0.2, 0.7};
    double[] found = {
      share(sample.lt(-50), count), share(sample.abs().lt(50), count), share(sample.gt(50), count)
    };
    for (int k = 0; k < expected.length; k++) {
      double standardError = Math.sqrt(expected[k] * (1 - expected[k]) / count);
      assertThat(found[k]).isCloseTo(expected[k], within(5 * standardError));
    }
  }

  @Test
  void aStartOutsideTheBoundsIsRefused() {
    assertThatThrownBy(() -> settings("init-log-variance = 5"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.prior.init-log-variance = 5: must be between log-variance-min and"
                + " log-variance-max (from experiment.conf: 1)");
  }

  @Test
  void boundsThatLeaveNothingBetweenAreRefused() {
    assertThatThrownBy(() -> settings("log-variance-min = 0, log-variance-max = 0"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.prior.log-variance-min = 0: must be below log-variance-max"
                + " (from experiment.conf: 1)");
  }

  private Density mixture(double[][] means, double[][] logVariances, double[] logits) {
    GaussianMixture prior =
        new GaussianMixture(
            settings("components = " + means.length), ModelShape.of(DATA, means[0].length));
    set(prior, "means", means);
    set(prior, "log_variances", logVariances);
    set(prior, "logits", new double[][] {logits});
    return prior.distribution(new NoEncoder(Pass.inference(manager)));
  }

  private void set(GaussianMixture prior, String name, double[][] rows) {
    Parameter parameter = prior.block().orElseThrow().getParameters().get(name);
    parameter.setInitializer((m, shape, type) -> m.create(rows).reshape(shape).toType(type, false));
    parameter.initialize(manager, DataType.FLOAT32);
  }

  private double logProb(Density prior, double... z) {
    NDArray latents = manager.create(z, new Shape(1, z.length)).toType(DataType.FLOAT32, false);
    return prior.logProb(latents).getDouble(0);
  }

  private static double share(NDArray hits, int count) {
    return (double) hits.sum().getLong() / count;
  }

  private static double density(double z, double mean, double standardDeviation) {
    double standardised = (z - mean) / standardDeviation;
    return Math.exp(-0.5 * standardised * standardised)
        / (standardDeviation * Math.sqrt(2 * Math.PI));
  }

  private static GaussianMixtureSettings settings(String text) {
    SettingsSchema<GaussianMixtureSettings> schema = new GaussianMixtureProvider().settings();
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
      throw new AssertionError("a mixture of Gaussians encodes nothing");
    }
  }
}
