package org.largevae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.objective.Loss;
import org.largevae.api.objective.Objective;
import org.largevae.priors.VampPrior;

/** Values of the objectives where log p(x) and the bound are known in closed form. */
class ObjectiveValueTest {
  private static final float[] X = LinearGaussianVae.EXAMPLE;
  private static final Objective ANALYTIC =
      new ElboObjective(new ElboSettings(ElboSettings.Divergence.ANALYTIC));
  private static final int COPIES = 500;
  private static final int REPEATS = 20;

  /** A mean with its standard error. */
  private record Estimate(double mean, double error) {}

  private static Estimate estimate(
      LinearGaussianVae vae,
      Objective objective,
      double beta,
      int samples,
      Function<Loss, NDArray> part) {
    double[] values = new double[REPEATS];
    Arrays.setAll(values, i -> vae.read(objective, beta, samples, COPIES, i, part));
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Estimate(mean, Math.sqrt(squares / (REPEATS - 1) / REPEATS));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 2})
  void sampledElboIsTheClosedFormInExpectation(double beta) {
    try (LinearGaussianVae vae = new LinearGaussianVae(LinearGaussianVae.standard(), 0.4, 0.5)) {
      double kl = Arrays.stream(vae.kl(X)).sum();
      double loss = beta * kl - vae.reconstruction(X);
      Estimate sampled = estimate(vae, new ElboObjective(), beta, 1, Loss::value);
      assertThat(sampled.mean()).isCloseTo(loss, within(4.5 * sampled.error() + 1e-5));
      Estimate analytic = estimate(vae, ANALYTIC, beta, 1, Loss::value);
      assertThat(analytic.mean()).isCloseTo(loss, within(4.5 * analytic.error() + 1e-5));
    }
  }

  @Test
  void analyticDivergenceIsTheClosedForm() {
    try (LinearGaussianVae vae = new LinearGaussianVae(LinearGaussianVae.standard(), 0.4, 0.5)) {
      assertThat(vae.read(ANALYTIC, 1, 3, 2, 1, Loss::kl))
          .isCloseTo(Arrays.stream(vae.kl(X)).sum(), within(1e-5));
    }
  }

  @Test
  void partsForPeopleAreNotWeighted() {
    try (LinearGaussianVae vae = new LinearGaussianVae(LinearGaussianVae.standard(), 0.4, 0.5)) {
      for (Objective objective :
          new Objective[] {
            new ElboObjective(),
            ANALYTIC,
            new IwaeObjective(),
            new DregObjective(),
            new StickingTheLandingObjective(),
            new FreeBitsObjective(new FreeBitsSettings(5, FreeBitsSettings.Group.LEVEL))
          }) {
        Estimate kl = estimate(vae, objective, 0.2, 4, Loss::kl);
        assertThat(kl.mean())
            .as("kl of %s", objective)
            .isCloseTo(Arrays.stream(vae.kl(X)).sum(), within(4.5 * kl.error() + 1e-5));
        Estimate reconstruction = estimate(vae, objective, 0.2, 4, Loss::reconstruction);
        assertThat(reconstruction.mean())
            .as("reconstruction of %s", objective)
            .isCloseTo(vae.reconstruction(X), within(4.5 * reconstruction.error() + 1e-5));
      }
    }
  }

  @Test
  void divergenceFromMixtureHasNoClosedFormAndTheCureIsNamed() {
    VampPrior prior = new VampPrior(LinearGaussianVae.SHAPE, 2);
    try (LinearGaussianVae vae = new LinearGaussianVae(prior, 0, 0)) {
      assertThatThrownBy(() -> vae.read(ANALYTIC, 1, 1, 2, 1, Loss::value))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "training.objective.kl = analytic: the divergence of a DiagonalGaussian from a"
                  + " Mixture has no closed form; use sampled");
    }
  }

  @Test
  void importanceWeightedBoundRisesWithSamplesUpToTheEvidence() {
    try (LinearGaussianVae vae = new LinearGaussianVae(LinearGaussianVae.standard(), 0.4, 0.5)) {
      double evidence = LinearGaussianVae.logEvidence(X);
      double gap = evidence - vae.elbo(X);
      assertThat(gap).as("the bound is not tight").isGreaterThan(0.2);
      Estimate before = null;
      for (int samples : new int[] {1, 2, 8, 64}) {
        Estimate now = estimate(vae, new IwaeObjective(), 1, samples, loss -> loss.value().neg());
        assertThat(now.mean()).isLessThan(evidence + 4.5 * now.error());
        if (samples == 1) {
          assertThat(now.mean()).isCloseTo(vae.elbo(X), within(4.5 * now.error()));
        } else {
          double error = Math.hypot(now.error(), before.error());
          assertThat(now.mean() - before.mean()).isGreaterThan(4.5 * error);
        }
        before = now;
      }
      assertThat(evidence - before.mean()).isLessThan(0.05 * gap);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 2})
  void importanceWeightedBoundOfOneSampleIsTheElbo(double beta) {
    try (LinearGaussianVae vae = new LinearGaussianVae(LinearGaussianVae.standard(), 0.4, 0.5)) {
      double elbo = vae.read(new ElboObjective(), beta, 1, 20, 3, Loss::value);
      assertThat(vae.read(new IwaeObjective(), beta, 1, 20, 3, Loss::value))
          .isCloseTo(elbo, within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 1.7})
  void pathDerivativesHaveTheValuesOfTheirBounds(double beta) {
    for (boolean vamp : new boolean[] {false, true}) {
      var prior = vamp ? new VampPrior(LinearGaussianVae.SHAPE, 2) : LinearGaussianVae.standard();
      try (LinearGaussianVae vae = new LinearGaussianVae(prior, 0.4, 0.5)) {
        double iwae = vae.read(new IwaeObjective(), beta, 7, 20, 3, Loss::value);
        assertThat(vae.read(new DregObjective(), beta, 7, 20, 3, Loss::value))
            .isCloseTo(iwae, within(1e-5));
        double elbo = vae.read(new ElboObjective(), beta, 7, 20, 3, Loss::value);
        assertThat(vae.read(new StickingTheLandingObjective(), beta, 7, 20, 3, Loss::value))
            .isCloseTo(elbo, within(1e-5));
      }
    }
  }
}
