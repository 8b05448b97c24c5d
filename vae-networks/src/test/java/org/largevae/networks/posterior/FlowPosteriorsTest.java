package org.largevae.networks.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Draw;
import org.largevae.api.distribution.Noise;
import org.largevae.api.network.Posterior;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

class FlowPosteriorsTest {
  private static final int SIZE = 6;
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  private NDManager manager;

  enum Flow {
    AUTOREGRESSIVE,
    PLANAR;

    Posterior posterior(int steps) {
      return this == PLANAR
          ? new PlanarFlow(new PlanarFlowSettings(steps), shape())
          : new InverseAutoregressiveFlow(
              new InverseAutoregressiveFlowSettings(steps, List.of(13, 9), 4), shape());
    }
  }

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(5);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** {@code log q(z) = log N(e) - log |det dz/de|}, with all of dz/de by back-propagation. */
  @ParameterizedTest
  @EnumSource(Flow.class)
  void theDensityOfADrawIsThatOfTheDenseJacobian(Flow flow) {
    Posterior posterior = trained(flow.posterior(3));
    for (int example = 0; example < 6; example++) {
      NDArray e = manager.randomNormal(new Shape(1, SIZE), DataType.FLOAT64);
      e.setRequiresGradient(true);
      // some far from the start
      NDArray parameters = Tensors.multiply(numbers(posterior, 1), example < 3 ? 1 : 5);
      Distribution distribution = of(posterior, parameters);
      double[][] jacobian = jacobian(e, () -> drawn(distribution, e).value());
      double gaussian =
          -0.5 * (Arrays.stream(e.toDoubleArray()).map(v -> v * v).sum() + SIZE * LOG_2PI);

      assertThat(drawn(distribution, e).logProb().getDouble(0))
          .isEqualTo(gaussian - logDeterminant(jacobian), within(1e-8));
    }
  }

  /** For any density r, {@code E_q[r(z) / q(z)] = 1}: draws and densities are of one q. */
  @ParameterizedTest
  @EnumSource(Flow.class)
  void drawsAreFromTheirDensity(Flow flow) {
    Posterior posterior = trained(flow.posterior(2), 0.3);
    int count = 200_000;
    NDArray parameters = Tensors.multiply(numbers(posterior, 1), 0.4);
    Draw draw = of(posterior, parameters).draw(new Shape(count));
    NDArray centre = draw.value().mean(new int[] {0});
    // narrower than the draws, so that no ratio is huge
    NDArray variance = Tensors.multiply(draw.value().sub(centre).square().mean(new int[] {0}), 0.4);
    DiagonalGaussian other = new DiagonalGaussian(centre, variance.log());

    double[] ratio = other.logProb(draw.value()).sub(draw.logProb()).exp().toDoubleArray();

    double average = Arrays.stream(ratio).average().orElseThrow();
    double squares = Arrays.stream(ratio).map(r -> (r - average) * (r - average)).sum();
    double error = Math.sqrt(squares) / count;
    assertThat(error).isLessThan(0.01);
    assertThat(average).isEqualTo(1, within(4 * error));
  }

  @Test
  void zeroNetworksLeaveAGaussianScaledByTheGates() {
    int steps = 4;
    InverseAutoregressiveFlow posterior =
        new InverseAutoregressiveFlow(
            SettingsSchema.of(InverseAutoregressiveFlowSettings.class).defaultValues(), shape());
    posterior.block().orElseThrow().initialize(manager, DataType.FLOAT32);
    NDArray parameters = manager.randomNormal(new Shape(5, posterior.parameters()));
    DiagonalGaussian base =
        new GaussianPosterior(shape())
            .of(parameters.get(":, :" + 2 * SIZE), Pass.inference(manager));
    double gate = 1 / (1 + Math.exp(-2));
    DiagonalGaussian expected =
        new DiagonalGaussian(
            Tensors.multiply(base.mean(), Math.pow(gate, steps)),
            base.logVariance().add(2 * steps * Math.log(gate)));

    Distribution distribution = of(posterior, parameters);
    Draw draw = distribution.draw(new Shape(7), Noise.ofExamples(1, 2, 3, 4, 5));

    NDArray same = expected.sample(new Shape(7), Noise.ofExamples(1, 2, 3, 4, 5));
    assertThat(draw.value().allClose(same, 1e-5, 1e-5, false)).isTrue();
    assertThat(draw.logProb().allClose(expected.logProb(same), 1e-5, 1e-4, false)).isTrue();
    assertThat(distribution.mean().allClose(expected.mean(), 1e-5, 1e-5, false)).isTrue();
  }

  @Test
  void inOneAutoregressiveStepLatentsDependOnThoseBeforeThemAlone() {
    Posterior posterior = trained(Flow.AUTOREGRESSIVE.posterior(1));
    Distribution distribution = of(posterior, numbers(posterior, 1));
    NDArray e = manager.randomNormal(new Shape(1, SIZE), DataType.FLOAT64);
    e.setRequiresGradient(true);

    double[][] jacobian = jacobian(e, () -> drawn(distribution, e).value());

    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        if (j > i) {
          assertThat(jacobian[i][j]).isZero();
        } else {
          assertThat(jacobian[i][j]).isNotZero();
        }
      }
    }
  }

  @Test
  void planarStepsWithoutADirectionAreTheIdentity() {
    Posterior posterior = Flow.PLANAR.posterior(2);
    NDArray parameters = manager.randomNormal(new Shape(3, posterior.parameters()));
    for (int step = 0; step < 2; step++) {
      int from = 2 * SIZE + step * (2 * SIZE + 1);
      parameters.set(new NDIndex(":, " + from + ":" + (from + SIZE)), 0);
    }
    DiagonalGaussian base =
        new GaussianPosterior(shape())
            .of(parameters.get(":, :" + 2 * SIZE), Pass.inference(manager));

    Draw draw = of(posterior, parameters).draw(new Shape(), Noise.ofExamples(1, 2, 3));

    NDArray same = base.sample(new Shape(), Noise.ofExamples(1, 2, 3));
    assertThat(draw.value().allClose(same, 1e-6, 1e-6, false)).isTrue();
    assertThat(draw.logProb().allClose(base.logProb(same), 1e-6, 1e-5, false)).isTrue();
  }

  /** Where w'u is far below -1 a plain planar step could not be inverted; w may vanish, too. */
  @Test
  void extremePlanarStepsAreFinite() {
    Posterior posterior = Flow.PLANAR.posterior(3);
    NDArray large =
        Tensors.multiply(manager.randomNormal(new Shape(200, posterior.parameters())), 20);
    NDArray vanishing = large.duplicate();
    int from = 2 * SIZE + SIZE;
    vanishing.set(new NDIndex(":, " + from + ":" + (from + SIZE)), 0);

    for (NDArray parameters : List.of(large, vanishing)) {
      Draw draw = of(posterior, parameters).draw(new Shape(20));
      assertThat(finite(draw.value())).isTrue();
      assertThat(finite(draw.logProb())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Flow.class)
  void anExamplesDrawsAndMeanDoNotDependOnTheBatch(Flow flow) {
    Posterior posterior = trained(flow.posterior(2));
    NDArray parameters = numbers(posterior, 4);
    Distribution all = of(posterior, parameters);
    Distribution third = of(posterior, parameters.get("2:3"));

    Draw together = all.draw(new Shape(2), Noise.ofExamples(1, 2, 3, 4));
    Draw alone = third.draw(new Shape(2), Noise.ofExamples(3));

    assertThat(together.value().get(":, 2:3").allClose(alone.value(), 1e-9, 1e-9, false)).isTrue();
    assertThat(together.logProb().get(":, 2:3").allClose(alone.logProb(), 1e-9, 1e-9, false))
        .isTrue();
    assertThat(all.mean().get("2:3").allClose(third.mean(), 1e-9, 1e-9, false)).isTrue();
    Distribution selected = all.select(manager.create(new long[] {2}));
    assertThat(selected.mean().allClose(third.mean(), 1e-9, 1e-9, false)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Flow.class)
  void noGradientReachesWhatADetachedFlowIsMadeOf(Flow flow) {
    Posterior posterior = trained(flow.posterior(2));
    NDArray parameters = numbers(posterior, 2);
    parameters.setRequiresGradient(true);
    List<Parameter> own =
        posterior.block().map(block -> block.getParameters().values()).orElse(List.of());
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray value = of(posterior, parameters).detached().draw(new Shape(3)).value();
      // the sum with zeros keeps a path to the leaf, along which the gradient is zero
      collector.backward(value.sum().add(parameters.sub(parameters).sum()));
    }
    assertThat(Arrays.stream(parameters.getGradient().toDoubleArray())).allMatch(g -> g == 0);
    for (Parameter parameter : own) {
      assertThat(Tensors.toDoubles(parameter.getArray().getGradient())).containsOnly(0);
    }
  }

  @ParameterizedTest
  @EnumSource(Flow.class)
  void itIsNoDensityAndTakesParametersOfItsSize(Flow flow) {
    Posterior posterior = trained(flow.posterior(2));
    long expected = flow == Flow.PLANAR ? 2 * SIZE + 2 * (2 * SIZE + 1) : 2 * SIZE + 4;

    assertThat(posterior.parameters()).isEqualTo(expected);
    assertThat(of(posterior, numbers(posterior, 2))).isNotInstanceOf(Density.class);
    assertThatThrownBy(() -> of(posterior, manager.zeros(new Shape(2, 5))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("values of shape (2, 5) must have the shape (..., " + expected + ")");
  }

  private Distribution of(Posterior posterior, NDArray parameters) {
    return posterior.of(parameters, Pass.training(manager));
  }

  private NDArray numbers(Posterior posterior, int rows) {
    return manager.randomNormal(new Shape(rows, posterior.parameters()), DataType.FLOAT64);
  }

  /** With parameters of its own as training may leave them, in double precision. */
  private Posterior trained(Posterior posterior) {
    return trained(posterior, 0.7);
  }

  private Posterior trained(Posterior posterior, double deviation) {
    float spread = (float) deviation;
    posterior
        .block()
        .ifPresent(
            block -> {
              for (Parameter parameter : block.getParameters().values()) {
                parameter.setInitializer((m, s, type) -> m.randomNormal(0, spread, s, type));
              }
              block.initialize(manager, DataType.FLOAT64);
            });
    return posterior;
  }

  /** A draw from given standard normal numbers, through which gradients flow. */
  private static Draw drawn(Distribution distribution, NDArray e) {
    Noise given =
        new Noise() {
          @Override
          public NDArray normal(NDManager owner, Shape shape, DataType type) {
            return e.reshape(shape);
          }

          @Override
          public NDArray uniform(NDManager owner, Shape shape, DataType type) {
            throw new AssertionError("a flow of Gaussians takes normal numbers alone");
          }

          @Override
          public NDArray each(NDManager owner, Shape shape, Each draw) {
            throw new AssertionError("a flow of Gaussians takes normal numbers alone");
          }
        };
    return distribution.draw(new Shape(), given);
  }

  /** Row i is the gradient of the i-th value. */
  private static double[][] jacobian(NDArray leaf, Supplier<NDArray> values) {
    double[][] jacobian = new double[SIZE][];
    for (int i = 0; i < SIZE; i++) {
      leaf.getGradient().set(new NDIndex("..."), 0);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(values.get().get(0, i));
      }
      jacobian[i] = leaf.getGradient().toDoubleArray();
    }
    return jacobian;
  }

  private static boolean finite(NDArray values) {
    return Arrays.stream(Tensors.toDoubles(values)).allMatch(Double::isFinite);
  }

  /** By elimination with row exchanges. */
  private static double logDeterminant(double[][] matrix) {
    double sum = 0;
    for (int k = 0; k < matrix.length; k++) {
      int pivot = k;
      for (int i = k; i < matrix.length; i++) {
        pivot = Math.abs(matrix[i][k]) > Math.abs(matrix[pivot][k]) ? i : pivot;
      }
      double[] row = matrix[pivot];
      matrix[pivot] = matrix[k];
      matrix[k] = row;
      sum += Math.log(Math.abs(row[k]));
      for (int i = k + 1; i < matrix.length; i++) {
        double factor = matrix[i][k] / row[k];
        for (int j = k; j < matrix.length; j++) {
          matrix[i][j] -= factor * row[j];
        }
      }
    }
    return sum;
  }

  private static ModelShape shape() {
    return ModelShape.of(DataDescription.of(new DataShape(1, 1, 1), ValueKinds.BINARY), SIZE);
  }
}
