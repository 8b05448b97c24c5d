package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Provider;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.tensor.Tensors;

/**
 * What holds for distributions of latents, of a prior or an encoder: densities integrate to 1 and
 * draws are theirs. Extend the contract of a kind, not this class.
 *
 * @param <P> the kind of provider
 * @param <C> the kind of component
 */
public abstract class LatentContract<P extends Provider<?>, C extends Component>
    extends DistributionContract<P, C> {
  private static final int SAMPLE = 10_000;
  private static final int STEIN_DRAWS = 100_000;
  private static final int STEIN_AT_A_TIME = 10_000;
  private static final double STANDARD_ERRORS = 4;

  /** At its start a bound that is of any use has more. */
  private static final double LEAST_OF_A_BOUND = 0.1;

  private static final String CALL = "logProb(z)";

  /** Only the contracts of the kinds extend this. */
  LatentContract() {}

  /** One distribution: a batch () or (1). */
  abstract Distribution single(Bench<C> bench, Pass pass);

  @Override
  final NDArray values(Bench<C> bench, int rows) {
    return bench.latents(rows, SEED);
  }

  @Test
  final void densityIntegratesToOne() {
    requireSoundPasses();
    requireKnownSpace();
    if (latentSpace().isSphere()) {
      boolean circle = checkMass(2, NEAR);
      boolean sphere = checkMass(3, NEAR);
      boolean more = checkMass(5, NEAR);
      assumeTrue(
          circle || sphere || more, "the component can be made for none of 2, 3 and 5 latents");
      return;
    }
    boolean line = checkLine();
    boolean plane = checkMass(2, NEAR);
    boolean cloud = checkMass(5, NEAR);
    assumeTrue(line || plane || cloud, "the component can be made for none of 1, 2 and 5 latents");
  }

  @Test
  final void densityIntegratesToOneFarFromTheStart() {
    requireKnownSpace();
    Preconditions.require("densityIntegratesToOne", this::densityIntegratesToOne);
    assumeTrue(checkMass(2, FAR_OFF), "the component cannot be made for 2 latents");
  }

  private boolean checkLine() {
    Optional<Bench<C>> made = bench(1, NEAR);
    made.ifPresent(
        bench -> {
          try (bench) {
            AllowedMass allowed = allowedMass(bench, false);
            double mass = new LineDensity(logDensity(bench), sample(bench)).mass();
            assertThat(allowed.holds(mass, 1e-3))
                .withFailMessage(
                    "exp(%s) integrates to %s over one dimension, %s: include every constant, such"
                        + " as log(2 pi) / 2 in each dimension and the logarithms of scales and"
                        + " weights; a sum over some of K components is divided by K, not by how"
                        + " many they are",
                    CALL, mass, allowed.rule())
                .isTrue();
          }
        });
    return made.isPresent();
  }

  private boolean checkMass(int size, double deviation) {
    Optional<Bench<C>> made = bench(size, deviation);
    made.ifPresent(
        bench -> {
          try (bench) {
            AllowedMass allowed = allowedMass(bench, deviation == FAR_OFF);
            WeightedPoints density = weighted(bench);
            double error = isEvenlySpread(size) ? 0 : density.standardError();
            assertThat(allowed.holds(density.mass(), STANDARD_ERRORS * error + 1e-3))
                .withFailMessage(
                    "exp(%s) integrates to %.4f +- %.4f over %s%s, %s: %s",
                    CALL,
                    density.mass(),
                    error,
                    latentSpace().isSphere()
                        ? "the unit sphere in R^" + size
                        : size + " dimensions",
                    deviation == FAR_OFF ? " with parameters far from their start" : "",
                    allowed.rule(),
                    latentSpace().isSphere()
                        ? "a density over the sphere is one by its area, 2 pi on the circle and 4 pi"
                            + " on S^2 (UniformSphere.logArea)"
                        : "count each constant once a dimension, that of weights once a row, and the"
                            + " log of a determinant with its sign")
                .isTrue();
          }
        });
    return made.isPresent();
  }

  /** Nodes of a quadrature have no standard error. */
  private boolean isEvenlySpread(int size) {
    return latentSpace().isSphere() && !SphereDensity.isDrawn(size);
  }

  private WeightedPoints weighted(Bench<C> bench) {
    int size = bench.shape().latentSize();
    return latentSpace().isSphere()
        ? SphereDensity.of(size, logDensity(bench))
        : new CloudDensity(size, logDensity(bench), sample(bench)).weighted();
  }

  private AllowedMass allowedMass(Bench<C> bench, boolean isFar) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      bench.restoreState();
      Bench.seed(SEED);
      return AllowedMass.of(density(single(bench, bench.inference())), isFar);
    }
  }

  @Test
  final void aLowerBoundIsNotFarBelowAtTheStart() {
    requireSoundPasses();
    requireEuclidean();
    Optional<Bench<C>> made = bench(1, 0);
    assumeTrue(made.isPresent(), "the component cannot be made for 1 latent");
    try (Bench<C> bench = made.orElseThrow()) {
      requireKind(bench, Density.Kind.LOWER_BOUND);
      Preconditions.require("densityIntegratesToOne", this::densityIntegratesToOne);
      double mass = new LineDensity(logDensity(bench), sample(bench)).mass();
      assertThat(mass >= LEAST_OF_A_BOUND)
          .withFailMessage(
              "exp(%s) integrates to %s over one dimension before any training: a bound so far below"
                  + " the log-density says nothing of it; start near the standard normal"
                  + " distribution (zero last layers), and look for a term that is counted twice",
              CALL, mass)
          .isTrue();
    }
  }

  @Test
  final void samplesFollowTheDensity() {
    requireSoundPasses();
    requireKnownSpace();
    if (latentSpace().isSphere()) {
      checkHalfSpaces(3);
    } else {
      checkDistributionFunction();
    }
    checkHalfSpaces(2);
  }

  private void checkDistributionFunction() {
    bench(1, NEAR)
        .ifPresent(
            bench -> {
              try (bench) {
                requireExact(bench);
                double[] line = sample(bench);
                ResultChecks.follows(new LineDensity(logDensity(bench), line), line, CALL);
              }
            });
  }

  private void checkHalfSpaces(int size) {
    bench(size, NEAR)
        .ifPresent(
            bench -> {
              try (bench) {
                requireExact(bench);
                double[] draws = sample(bench);
                Optional<String> disagreement = weighted(bench).disagreement(draws);
                assertThat(disagreement)
                    .withFailMessage(
                        () ->
                            "draws do not follow exp(logProb(z)): "
                                + disagreement.orElseThrow()
                                + "; sample and logProb must be of one distribution")
                    .isEmpty();
              }
            });
  }

  @Test
  final void steinsIdentitiesHoldNearTheStart() {
    checkStein(NEAR, "");
  }

  @Test
  final void steinsIdentitiesHoldFarFromTheStart() {
    Preconditions.require(
        "steinsIdentitiesHoldNearTheStart", this::steinsIdentitiesHoldNearTheStart);
    checkStein(
        FAR_OFF, " with parameters far from their start, where what is right for zeros is not");
  }

  private void checkStein(double deviation, String where) {
    requireKnownSpace();
    Preconditions.require("gradientsMatchFiniteDifferences", this::checkGradients);
    try (Bench<C> bench = sound(shape(), deviation)) {
      requireExact(bench);
      Optional<String> violation = stein(bench);
      assertThat(violation)
          .withFailMessage(
              () -> "draws are not from exp(logProb(z))" + where + ": " + violation.orElseThrow())
          .isEmpty();
    }
  }

  private Optional<String> stein(Bench<C> bench) {
    int size = bench.shape().latentSize();
    bench.restoreState();
    Bench.seed(SEED);
    Stein stein = null;
    for (int drawn = 0; drawn < STEIN_DRAWS; drawn += STEIN_AT_A_TIME) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Density density = density(single(bench, bench.inference()));
        NDArray z = density.sample(new Shape(STEIN_AT_A_TIME)).stopGradient();
        double[] values = Arrays64.values(z);
        NDArray leaf = Arrays64.create(bench.inputManager(), values, z.getShape(), z.getDataType());
        leaf.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          // a constant density has no gradient of its own
          NDArray nothing = Tensors.multiply(leaf, 0).sum();
          collector.backward(density.logProb(leaf).sum().add(nothing));
        }
        stein = stein == null ? started(values, size) : stein;
        stein.add(values, Arrays64.values(leaf.getGradient()));
      }
    }
    return stein == null ? Optional.empty() : stein.violation();
  }

  private Stein started(double[] values, int size) {
    return latentSpace().isSphere() ? Stein.onSphere(size) : new Stein(size, means(values, size));
  }

  @Test
  final void theMeanIsThatOfTheDraws() {
    try (Bench<C> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      bench.restoreState();
      double[] mean = Arrays64.values(single(bench, bench.inference()).mean());
      int size = bench.shape().latentSize();
      double[] draws = sample(bench);
      double[] average = means(draws, size);
      for (int m = 0; m < size; m++) {
        double squares = 0;
        for (int i = m; i < draws.length; i += size) {
          squares += (draws[i] - average[m]) * (draws[i] - average[m]);
        }
        double error = Math.sqrt(squares) / SAMPLE;
        // an own mean may have been estimated from as many draws
        assertThat(Math.abs(mean[m] - average[m]) <= 7 * error + 1e-4)
            .withFailMessage(
                "mean() has %s at position %d, but %d draws have the mean %.4f +- %.4f there",
                mean[m], m, SAMPLE, average[m], error)
            .isTrue();
      }
    }
  }

  @Test
  final void drawsLieInTheSpaceOfLatents() {
    assumeTrue(!latentSpace().isEuclidean(), "latents may be anywhere in R^M");
    try (Bench<C> bench = sound()) {
      int size = bench.shape().latentSize();
      double[] draws = sample(bench);
      for (int i = 0; i < draws.length; i += size) {
        double[] point = Arrays.copyOfRange(draws, i, i + size);
        assertThat(latentSpace().holds(point))
            .withFailMessage(
                "the draw %s does not lie in %s", Arrays.toString(point), latentSpace().name())
            .isTrue();
      }
    }
  }

  private static double[] means(double[] rows, int size) {
    double[] means = new double[size];
    for (int i = 0; i < rows.length; i++) {
      means[i % size] += rows[i] * size / rows.length;
    }
    return means;
  }

  private void requireEuclidean() {
    assumeTrue(
        latentSpace().isEuclidean(),
        "latents live on " + latentSpace().name() + ", not in all of R^M");
  }

  private void requireKnownSpace() {
    assumeTrue(
        latentSpace().isEuclidean() || latentSpace().isSphere(),
        "latents live on " + latentSpace().name() + ", not in all of R^M or on the unit sphere");
  }

  private void requireExact(Bench<C> bench) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      requireExact(density(single(bench, bench.inference())));
    }
  }

  private void requireKind(Bench<C> bench, Density.Kind kind) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Density.Kind found = density(single(bench, bench.inference())).kind();
      assumeTrue(found == kind, "logProb is of kind " + found + ", not " + kind);
    }
  }

  /** A bench with so many latents; empty where the component is for other numbers of them. */
  private Optional<Bench<C>> bench(int latentSize, double deviation) {
    ModelShape shape = shape(latentSize);
    return isFor(shape) ? Optional.of(sound(shape, deviation)) : Optional.empty();
  }

  private UnaryOperator<double[]> logDensity(Bench<C> bench) {
    return ResultChecks.onDoubles(
        bench.inputManager(),
        bench.shape().latentSize(),
        z -> {
          bench.restoreState();
          Bench.seed(SEED);
          Density density = density(single(bench, bench.inference()));
          long rows = z.getShape().get(0);
          Shape shape = new Shape(rows).addAll(density.batch()).addAll(density.event());
          return density.logProb(z.reshape(shape)).reshape(new Shape(rows));
        });
  }

  private double[] sample(Bench<C> bench) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      bench.restoreState();
      Bench.seed(SEED);
      Distribution distribution = single(bench, bench.inference());
      return Arrays64.values(distribution.draw(new Shape(SAMPLE)).value());
    }
  }
}
