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
import org.largevae.api.distribution.LatentDistribution;
import org.largevae.api.prior.PriorContext;

/** Numbers that are known without the code under test; the contract test has the rest. */
class GaussianMixtureTest {
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
    LatentDistribution prior =
        mixture(new double[][] {{1, -2}}, new double[][] {{0, Math.log(4)}}, new double[] {0.7});

    // -log(2 pi) - log(2) - 1/2 (0 + 9 / 4) at (1, 1)
    assertThat(logProb(prior, 1, 1))
        .isCloseTo(-Math.log(2 * Math.PI) - Math.log(2) - 1.125, within(1e-6));
  }

  @Test
  void componentsAreWeighedBySoftmax() {
    LatentDistribution prior =
        mixture(
            new double[][] {{0}, {3}},
            new double[][] {{0}, {Math.log(0.25)}},
            new double[] {Math.log(1), Math.log(3)});

    double expected = 0.25 * density(1, 0, 1) + 0.75 * density(1, 3, 0.5);
    assertThat(logProb(prior, 1)).isCloseTo(Math.log(expected), within(1e-6));
  }

  @Test
  void farFromAllComponentsTheNearestDecides() {
    LatentDistribution prior =
        mixture(new double[][] {{0}, {1}}, new double[][] {{0}, {0}}, new double[] {0, 0});

    double nearest = -0.5 * 99 * 99 - 0.5 * Math.log(2 * Math.PI) - Math.log(2);
    assertThat(logProb(prior, 100)).isCloseTo(nearest, within(1e-6 * -nearest));
  }

  @Test
  void variancesAreKeptWithinTheirBounds() {
    LatentDistribution prior =
        mixture(new double[][] {{0}, {0}}, new double[][] {{-50}, {-50}}, new double[] {0, 0});

    assertThat(logProb(prior, 0)).isCloseTo(3 - 0.5 * Math.log(2 * Math.PI), within(1e-6));
  }

  @Test
  void drawsComeFromComponentsAsOftenAsTheirWeightsSay() {
    int count = 20_000;
    LatentDistribution prior =
        mixture(
            new double[][] {{-100}, {0}, {100}},
            new double[][] {{0}, {0}, {0}},
            new double[] {Math.log(0.1), Math.log(0.2), Math.log(0.7)});

    NDArray sample = prior.sample(count);

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
  void boundsThatLeaveNothingBetweenAreRefused() {
    assertThatThrownBy(() -> config("log-variance-min = 0, log-variance-max = 0"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.prior.log-variance-min = 0: must be below model.prior.log-variance-max"
                + " (from experiment.conf: 1)");
  }

  private LatentDistribution mixture(double[][] means, double[][] logVariances, double[] logits) {
    GaussianMixture prior =
        new GaussianMixture(config("components = " + means.length), means[0].length);
    set(prior, "means", means);
    set(prior, "log_variances", logVariances);
    set(prior, "logits", new double[][] {logits});
    // it has no use for an encoder
    return prior.distribution(new PriorContext(Pass.inference(manager), null));
  }

  private void set(GaussianMixture prior, String name, double[][] rows) {
    Parameter parameter = prior.block().orElseThrow().getParameters().get(name);
    parameter.setInitializer((m, shape, type) -> m.create(rows).reshape(shape).toType(type, false));
    parameter.initialize(manager, DataType.FLOAT32);
  }

  private double logProb(LatentDistribution prior, double... z) {
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

  private static GaussianMixtureConfig config(String text) {
    return GaussianMixtureConfig.from(
        new Settings(
            ConfigFactory.parseString(
                    text, ConfigParseOptions.defaults().setOriginDescription("experiment.conf"))
                .withFallback(new GaussianMixtureProvider().defaults()),
            "model.prior"));
  }
}
