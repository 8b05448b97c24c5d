package org.largevae.networks.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.FullCovarianceGaussian;
import org.largevae.api.distribution.LowRankGaussian;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.network.Posterior;
import org.largevae.api.tensor.ShapeException;
import org.largevae.testkit.GradientCheck;

/** What an encoder's output means to posteriors with more than a diagonal covariance. */
class GaussianPosteriorsTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(13);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void parametersOfAFullCovarianceAreMeansLogVariancesAndEntriesBelowTheDiagonal() {
    FullCovariancePosterior posterior = new FullCovariancePosterior(shape(2));
    NDArray parameters =
        manager.create(new float[] {1, -2, (float) Math.log(4), 0, 5}, new Shape(1, 5));

    FullCovarianceGaussian q = posterior.of(parameters, Pass.inference(manager));

    assertThat(posterior.parameters()).isEqualTo(5);
    assertThat(q.mean().toFloatArray()).containsExactly(1, -2);
    // the second latent has deviation 1 of its own and 0.1 * 5 of the first's noise
    assertThat(q.scale().toFloatArray())
        .containsExactly(new float[] {2, 0, 0.5f, 1}, within(1e-6f));
  }

  @Test
  void parametersOfALowRankAreMeansLogVariancesAndTheFactorRowByRow() {
    LowRankPosterior posterior = new LowRankPosterior(shape(2), 3);
    NDArray parameters =
        manager.create(new float[] {1, -2, 0.5f, -1, 1, 2, 3, 4, 5, 6}, new Shape(1, 10));

    LowRankGaussian q = posterior.of(parameters, Pass.inference(manager));

    assertThat(posterior.parameters()).isEqualTo(10);
    assertThat(q.mean().toFloatArray()).containsExactly(1, -2);
    assertThat(q.logVariance().toFloatArray()).containsExactly(0.5f, -1);
    assertThat(q.factor().getShape()).isEqualTo(new Shape(1, 2, 3));
    assertThat(q.factor().toFloatArray())
        .containsExactly(new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f}, within(1e-6f));
  }

  @Test
  void logVariancesAreClamped() {
    float[] extremes = {0, 0, -100, 100};
    NDArray full = manager.create(new float[] {0, 0, -100, 100, 0}, new Shape(1, 5));
    NDArray low =
        manager.create(extremes, new Shape(1, 4)).concat(manager.zeros(new Shape(1, 2)), 1);
    Pass pass = Pass.inference(manager);

    NDArray scale = new FullCovariancePosterior(shape(2)).of(full, pass).scale();
    NDArray logVariance = new LowRankPosterior(shape(2), 1).of(low, pass).logVariance();

    assertThat(scale.getFloat(0, 0, 0)).isEqualTo((float) Math.exp(-3), within(1e-7f));
    assertThat(scale.getFloat(0, 1, 1)).isEqualTo((float) Math.exp(1), within(1e-6f));
    assertThat(logVariance.toFloatArray()).containsExactly(-6, 2);
  }

  @Test
  void withZerosBeyondTheDiagonalTheyAreTheDiagonalPosterior() {
    int size = 6;
    NDArray heads = manager.randomNormal(new Shape(4, 2 * size));
    DiagonalGaussian diagonal =
        new GaussianPosterior(shape(size)).of(heads, Pass.inference(manager));
    float[] draws = draws(diagonal.sample(seeded()));
    NDArray z = manager.randomNormal(new Shape(3, size));

    FullCovarianceGaussian full =
        new FullCovariancePosterior(shape(size))
            .of(heads.concat(manager.zeros(new Shape(4, 15)), 1), Pass.inference(manager));
    LowRankGaussian low =
        new LowRankPosterior(shape(size), 2)
            .of(heads.concat(manager.zeros(new Shape(4, 12)), 1), Pass.inference(manager));

    assertThat(draws(full.sample(seeded()))).containsExactly(draws);
    assertThat(draws(low.sample(seeded()))).containsExactly(draws);
    double[] expected = diagonal.logProbPairwise(z).toDoubleArray();
    assertThat(low.logProbPairwise(z).toDoubleArray()).containsExactly(expected);
    double[] found = full.logProbPairwise(z).toDoubleArray();
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isEqualTo(expected[i], within(1e-6 * Math.abs(expected[i])));
    }
  }

  private Shape seeded() {
    Engine.getInstance().setRandomSeed(1);
    return new Shape(5);
  }

  private static float[] draws(NDArray sample) {
    return sample.toFloatArray();
  }

  @Test
  void gradientsReachAllParametersAlsoThroughAMixture() {
    for (Posterior posterior :
        List.of(new FullCovariancePosterior(shape(3)), new LowRankPosterior(shape(3), 2))) {
      NDArray parameters =
          manager.randomNormal(0, 0.7f, new Shape(4, posterior.parameters()), DataType.FLOAT64);
      NDArray z = manager.randomNormal(new Shape(2, 3), DataType.FLOAT64);

      GradientCheck.verify(
          List.of(parameters, z),
          () ->
              Mixture.uniform((Density) posterior.of(parameters, Pass.training(manager)))
                  .logProb(z));

      assertThat(parameters.getGradient().toDoubleArray()).doesNotContain(0, Double.NaN);
    }
  }

  @Test
  void drawsOfLatentsAboveMayComeFirst() {
    NDArray parameters = manager.randomNormal(new Shape(2, 4, 7));
    LowRankGaussian q = new LowRankPosterior(shape(2), 1).of(parameters.get("..., :6"), pass());
    FullCovarianceGaussian full =
        new FullCovariancePosterior(shape(2)).of(parameters.get("..., :5"), pass());

    assertThat(q.batch()).isEqualTo(new Shape(2, 4));
    assertThat(q.logProb(q.sample(new Shape(3))).getShape()).isEqualTo(new Shape(3, 2, 4));
    assertThat(full.batch()).isEqualTo(new Shape(2, 4));
    assertThat(full.logProb(full.sample(new Shape(3))).getShape()).isEqualTo(new Shape(3, 2, 4));
  }

  private Pass pass() {
    return Pass.inference(manager);
  }

  @Test
  void parametersOfAnotherSizeAreRefused() {
    assertThatThrownBy(
            () -> new FullCovariancePosterior(shape(3)).of(manager.zeros(new Shape(2, 6)), pass()))
        .isInstanceOf(ShapeException.class)
        .hasMessage("values of shape (2, 6) must have the shape (..., 9)");
    assertThatThrownBy(
            () -> new LowRankPosterior(shape(3), 2).of(manager.zeros(new Shape(2, 6)), pass()))
        .isInstanceOf(ShapeException.class)
        .hasMessage("values of shape (2, 6) must have the shape (..., 12)");
    assertThatThrownBy(() -> new LowRankPosterior(shape(3), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rank = 0: must be at least 1");
  }

  private static ModelShape shape(int latentSize) {
    return ModelShape.of(DataDescription.of(new DataShape(1, 1, 3), ValueKinds.BINARY), latentSize);
  }
}
