package org.largevae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.GradientRule;
import org.largevae.api.objective.Objective;
import org.largevae.api.prior.Prior;
import org.largevae.core.objective.FreeBitsSettings.Group;
import org.largevae.priors.VampPrior;
import org.largevae.priors.VampPriorSettings;

/**
 * Gradients of the objectives against each other: two estimators of one gradient, from the same
 * draws, must agree in expectation. Each repeat is the mean over copies of an example.
 */
class ObjectiveGradientTest {
  private static final int REPEATS = 60;
  private static final int COPIES = 200;
  private static final double GREATEST_Z = 4.5;

  /** Their gradients come from rounding, not from draws. */
  private static final double ROUNDING = 2e-6;

  private static Prior prior(boolean vamp) {
    // wide apart, so that the responsibilities of the components vary
    return vamp
        ? new VampPrior(
            new VampPriorSettings(
                3, VampPriorSettings.Init.NORMAL, 0.2, 0.8, 0, GradientRule.OPTIMIZER),
            LinearGaussianVae.SHAPE)
        : LinearGaussianVae.standard();
  }

  private static void eachRepeat(BiConsumer<Integer, Long> work) {
    for (int i = 0; i < REPEATS; i++) {
      work.accept(i, 1000L + i);
    }
  }

  private static Map<String, List<double[]>> gradients(
      LinearGaussianVae vae, Objective objective, double beta, int samples) {
    Map<String, List<double[]>> all = new LinkedHashMap<>();
    eachRepeat(
        (repeat, seed) ->
            vae.gradient(objective, beta, samples, COPIES, seed, () -> {})
                .forEach(
                    (name, values) ->
                        all.computeIfAbsent(name, key -> new ArrayList<>()).add(values)));
    return all;
  }

  private static double variance(List<double[]> repeats, int index) {
    double[] values = repeats.stream().mapToDouble(gradient -> gradient[index]).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }

  private static void assertSameExpectation(
      Map<String, List<double[]>> found, Map<String, List<double[]>> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach(
        (name, repeats) -> {
          for (int i = 0; i < repeats.get(0).length; i++) {
            int index = i;
            List<double[]> pairs = new ArrayList<>();
            for (int r = 0; r < REPEATS; r++) {
              pairs.add(new double[] {repeats.get(r)[i] - expected.get(name).get(r)[i]});
            }
            double mean = pairs.stream().mapToDouble(pair -> pair[0]).average().orElseThrow();
            double error = Math.sqrt(variance(pairs, 0) / REPEATS);
            assertThat(Math.abs(mean))
                .as("difference of %s[%d], with standard error %g", name, index, error)
                .isLessThan(GREATEST_Z * error + ROUNDING);
          }
        });
  }

  private static double totalVariance(Map<String, List<double[]>> gradients, String component) {
    double sum = 0;
    for (Map.Entry<String, List<double[]>> parameter : gradients.entrySet()) {
      if (parameter.getKey().startsWith(component)) {
        for (int i = 0; i < parameter.getValue().get(0).length; i++) {
          sum += variance(parameter.getValue(), i);
        }
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"false, 1", "true, 1.6", "true, 0.4"})
  void stickingTheLandingHasTheGradientOfTheElbo(boolean vamp, double beta) {
    try (LinearGaussianVae vae = new LinearGaussianVae(prior(vamp), 0.5, 0.6)) {
      assertSameExpectation(
          gradients(vae, new StickingTheLandingObjective(), beta, 2),
          gradients(vae, new ElboObjective(), beta, 2));
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 1", "false, 1.6", "true, 1", "true, 0.4"})
  void dregHasTheGradientOfTheImportanceWeightedBound(boolean vamp, double beta) {
    try (LinearGaussianVae vae = new LinearGaussianVae(prior(vamp), 0.5, 0.6)) {
      assertSameExpectation(
          gradients(vae, new DregObjective(), beta, 5),
          gradients(vae, new IwaeObjective(), beta, 5));
    }
  }

  @Test
  void dregOfOneSampleIsStickingTheLanding() {
    try (LinearGaussianVae vae = new LinearGaussianVae(prior(true), 0.5, 0.6)) {
      Map<String, double[]> dreg = vae.gradient(new DregObjective(), 0.7, 1, 50, 1, () -> {});
      vae.gradient(new StickingTheLandingObjective(), 0.7, 1, 50, 1, () -> {})
          .forEach(
              (name, values) ->
                  assertThat(dreg.get(name)).as(name).containsExactly(values, within(1e-5)));
    }
  }

  /** Tucker et al. 2019: the reason for the estimator. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dregHasLessVarianceInTheEncoder(boolean vamp) {
    try (LinearGaussianVae vae = new LinearGaussianVae(prior(vamp), 0.3, 0.3)) {
      double dreg = totalVariance(gradients(vae, new DregObjective(), 1, 10), "encoder.");
      double iwae = totalVariance(gradients(vae, new IwaeObjective(), 1, 10), "encoder.");
      assertThat(dreg).isLessThan(0.5 * iwae);
    }
  }

  /** Roeder et al. 2017: log w is the same at every z, so that no path has a gradient. */
  @ParameterizedTest
  @MethodSource("pathDerivatives")
  void pathDerivativeOfTheExactPosteriorHasNoVariance(Objective objective) {
    try (LinearGaussianVae vae = new LinearGaussianVae(prior(false), 0, 0)) {
      for (long seed = 0; seed < 20; seed++) {
        vae.gradient(objective, 1, 3, 1, seed, () -> {})
            .forEach(
                (name, values) -> {
                  if (name.startsWith("encoder.")) {
                    assertThat(values).as(name).containsOnly(new double[] {0}, within(1e-5));
                  }
                });
      }
      Map<String, double[]> elbo = vae.gradient(new ElboObjective(), 1, 3, 1, 1, () -> {});
      assertThat(Math.abs(elbo.get("encoder.bias")[0])).as("the ELBO's").isGreaterThan(1e-2);
    }
  }

  private static Stream<Objective> pathDerivatives() {
    return Stream.of(new StickingTheLandingObjective(), new DregObjective());
  }

  @ParameterizedTest
  @MethodSource("all")
  void garbageCollectionBeforeBackwardChangesNothing(Objective objective) {
    // a mixture has no closed form and no independent latents
    String name = objective.toString();
    boolean vamp = !name.contains("LATENT") && !name.contains("ANALYTIC");
    try (LinearGaussianVae vae = new LinearGaussianVae(prior(vamp), 0.5, 0.6)) {
      Map<String, double[]> expected = vae.gradient(objective, 0.7, 5, 20, 1, () -> {});
      Map<String, double[]> found =
          vae.gradient(objective, 0.7, 5, 20, 1, ObjectiveGradientTest::collectGarbage);
      found.forEach(
          (parameter, values) ->
              assertThat(values).as(parameter).isEqualTo(expected.get(parameter)));
    }
  }

  private static Stream<Objective> all() {
    return Stream.of(
        new ElboObjective(),
        new ElboObjective(new ElboSettings(ElboSettings.Divergence.ANALYTIC)),
        new IwaeObjective(),
        new FreeBitsObjective(new FreeBitsSettings(0.1, Group.LATENT)),
        new FreeBitsObjective(new FreeBitsSettings(0.1, Group.LEVEL)),
        new StickingTheLandingObjective(),
        new DregObjective());
  }

  /** Frees what is unreachable, and fills the freed memory with NaN so that a later read shows. */
  private static void collectGarbage() {
    List<ByteBuffer> filled = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      System.gc();
      try {
        // direct buffers are freed by a thread of the JVM's own some time after a collection
        Thread.sleep(20);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
      for (int i = 0; i < 2000; i++) {
        filled.add(
            ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder()).putDouble(0, Double.NaN));
      }
    }
    assertThat(filled).hasSize(6000);
  }
}
