package org.largevae.priors.reweighted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.GradientRule;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Normaliser;
import org.largevae.api.tensor.Tensors;

/** With r(z) = exp(m z + b) the prior is N(m, I) and Z = exp(b + m^2 / 2), whatever b. */
class DensityRatioPriorTest {
  private static final float[] SHIFT = {0.8f, -0.5f};
  private static final float BIAS = 0.3f;
  private static final double LOG_Z = BIAS + (0.8 * 0.8 + 0.5 * 0.5) / 2;

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(5);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void itStartsAtTheStandardNormalDistribution() {
    PriorBench bench = PriorBench.of(manager, new DensityRatioPrior(PriorBench.shape(7)));
    NDArray z = manager.randomNormal(new Shape(50, 7));
    float[] standard = DiagonalGaussian.standard(manager, 7).logProb(z).toFloatArray();

    for (Density density : List.of(bench.inference(), bench.training())) {
      assertThat(density.logProb(z).toFloatArray()).containsExactly(standard, within(4e-6f));
      assertThat(density.kind()).isEqualTo(Density.Kind.ESTIMATE);
    }
    assertThat(bench.inference().normaliser()).contains(new Normaliser(0, 0, 0));
    assertThat(bench.training().normaliser()).isEmpty();
    assertThat(crossEntropy(bench, z).getFloat()).isEqualTo((float) (2 * Math.log(2)));
    assertThat(bench.prior().gradientRule("weight1")).isEqualTo(GradientRule.PLAIN);
  }

  @Test
  void theRightRatioMakesItTheShiftedNormalDistribution() {
    Density density = shifted(250_000, 500).inference();
    Normaliser found = density.normaliser().orElseThrow();
    NDArray mean = manager.create(SHIFT);
    NDArray z = manager.randomNormal(new Shape(50, 2));
    float[] expected = new DiagonalGaussian(mean, mean.zerosLike()).logProb(z).toFloatArray();

    // r has the variance exp(m^2) - 1 over its mean squared
    double error = Math.sqrt(Math.expm1(0.89) / 250_000);
    assertThat(found.standardError()).isEqualTo(error, within(0.1 * error));
    assertThat(found.log()).isEqualTo(LOG_Z, within(4 * error));
    assertThat(found.margin()).isEqualTo(1.96 * error, within(0.2 * error));
    assertThat(density.logProb(z).toFloatArray())
        .containsExactly(expected, within((float) (4 * error)));
    assertThat(density.mean().toFloatArray()).containsExactly(SHIFT, within(0.02f));
    // picked from 500, so nearly theirs
    float[] draws = density.sample(new Shape(20_000)).mean(new int[] {0}).toFloatArray();
    assertThat(draws).containsExactly(SHIFT, within(0.05f));
  }

  @Test
  void fewEffectiveDrawsHaveALargeMargin() {
    PriorBench bench = shifted(1000, 10).linear(new float[] {4, 0}, 0);

    assertThat(bench.inference().normaliser().orElseThrow().margin()).isGreaterThan(0.1);
  }

  /** A linear classifier, whose best logit is m z - m^2 / 2. */
  @Test
  void theClassifierLearnsTheRatio() {
    NDArray weight = manager.zeros(new Shape(1, 2));
    NDArray bias = manager.zeros(new Shape(1));
    NDArray mean = manager.create(SHIFT);
    for (int step = 0; step < 400; step++) {
      try (NDScope scope = new NDScope()) {
        NDArray latents = manager.randomNormal(new Shape(1, 1024, 2)).add(mean);
        descend(weight, bias, latents, step < 200 ? 1 : 0.1);
      }
    }

    assertThat(weight.toFloatArray()).containsExactly(SHIFT, within(0.06f));
    assertThat((double) bias.getFloat(0)).isEqualTo(BIAS - LOG_Z, within(0.06));
  }

  private void descend(NDArray weight, NDArray bias, NDArray latents, double rate) {
    List<NDArray> leaves = List.of(weight, bias, latents);
    leaves.forEach(leaf -> leaf.setRequiresGradient(true));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      ScalarFunction logit = new ScalarFunction(List.of(weight), List.of(bias));
      NDArray noise = logit.of(manager.randomNormal(new Shape(1024, 2)));
      DensityRatioDensity density =
          new DensityRatioDensity(
              new FixedProposals(manager, 1, 2),
              DensityRatioSettings.defaults(),
              logit,
              Optional.of(noise));
      // the latents joined to the graph
      collector.backward(density.crossEntropy(latents).add(latents.sub(latents).sum()));
    }
    assertThat(latents.getGradient().abs().max().getFloat()).isZero();
    for (NDArray parameter : List.of(weight, bias)) {
      NDArray gradient = parameter.getGradient();
      NDArray moved = parameter.sub(gradient.mul(Tensors.constant(parameter, rate)));
      parameter.set(new NDIndex("..."), moved.stopGradient());
      gradient.set(new NDIndex("..."), 0);
    }
  }

  private static NDArray crossEntropy(PriorBench bench, NDArray latents) {
    return ((DensityRatioDensity) bench.training()).crossEntropy(latents);
  }

  @Test
  void theLossCanBeHadWhereThePassDoesNotTrain() {
    DensityRatioDensity density = (DensityRatioDensity) shifted(100, 10).inference();

    // E softplus(-(m z - m^2 / 2)) over both, by quadrature
    double length = Math.sqrt(0.89);
    double expected = 2 * PriorBench.expectation(z -> Math.log1p(Math.exp(length * z - 0.89 / 2)));
    NDArray latents = manager.randomNormal(new Shape(1, 50_000, 2)).add(manager.create(SHIFT));
    DensityRatioDensity best =
        (DensityRatioDensity) shifted(100, 10).linear(SHIFT, -0.89f / 2).inference();
    assertThat((double) best.crossEntropy(latents).getFloat()).isEqualTo(expected, within(0.06));
    assertThat(density.crossEntropy(latents).getFloat())
        .isGreaterThan(best.crossEntropy(latents).getFloat());
  }

  private PriorBench shifted(int samples, int proposals) {
    DensityRatioSettings settings = new DensityRatioSettings(List.of(1), 1024, samples, proposals);
    return PriorBench.of(manager, new DensityRatioPrior(settings, PriorBench.shape(2)))
        .linear(SHIFT, BIAS);
  }
}
