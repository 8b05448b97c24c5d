package org.largevae.priors.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.tensor.Tensors;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.diffusion.LatentDiffusionSettings.LogDensity;

class LatentDiffusionTest {
  private static final double[] MEAN = {0.5, -1};
  private static final double[] VARIANCE = {0.3, 2};

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

  private static ModelShape shape(int latentSize) {
    return ModelShape.of(DataDescription.of(new DataShape(1, 1, 2), ValueKinds.REAL), latentSize);
  }

  private static LatentDiffusionSettings settings(int steps, LogDensity density) {
    return new LatentDiffusionSettings(steps, -6, 7, 32, 1, density, 20);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 100})
  void theStartIsTheStandardGaussianWithAnyNumberOfSteps(int steps) {
    NDArray z = Tensors.multiply(manager.randomNormal(new Shape(50, 3)), 2);
    float[] standard =
        PriorPass.distribution(new StandardPrior(shape(3)), Pass.inference(manager))
            .logProb(z)
            .toFloatArray();
    for (LogDensity density : LogDensity.values()) {
      LatentDiffusion prior = new LatentDiffusion(settings(steps, density), shape(3));
      PriorPass.initialize(prior, manager);
      for (Pass pass : new Pass[] {Pass.inference(manager), Pass.training(manager)}) {
        double[] found = Tensors.toDoubles(PriorPass.distribution(prior, pass).logProb(z));
        for (int i = 0; i < standard.length; i++) {
          assertThat(found[i]).isEqualTo(standard[i], within(1e-5 * Math.abs(standard[i])));
        }
      }
      NDArray draws =
          PriorPass.distribution(prior, Pass.inference(manager)).sample(new Shape(5_000));
      // five standard errors
      assertThat(Tensors.toDoubles(draws.mean(new int[] {0})))
          .containsExactly(new double[3], within(5 / Math.sqrt(5_000)));
      assertThat(Tensors.toDoubles(draws.square().mean(new int[] {0})))
          .containsExactly(new double[] {1, 1, 1}, within(5 * Math.sqrt(2.0 / 5_000)));
    }
  }

  /**
   * Of N(m, C) the best prediction of v is linear, and all that is lost is that a step's variance
   * is not the right one. All terms are quadratic in z and in the noise, so that two points of each
   * give their expectations.
   */
  @Test
  void theBoundTendsToTheEntropyOfGaussianDataAsStepsGetShorter() {
    double[] points = new double[4];
    for (int m = 0; m < 2; m++) {
      points[m] = MEAN[m] + Math.sqrt(VARIANCE[m]);
      points[2 + m] = MEAN[m] - Math.sqrt(VARIANCE[m]);
    }
    NDArray z = manager.create(points).reshape(2, 2);
    double exact = exact(z, MEAN, VARIANCE).mean().getDouble();
    double[] gaps = new double[3];
    for (int i = 0; i < gaps.length; i++) {
      int steps = 50 << i;
      gaps[i] = exact - bound(steps).logProb(z).mean().getDouble();
      double expected = gap(MEAN[0], VARIANCE[0], steps) + gap(MEAN[1], VARIANCE[1], steps);
      assertThat(gaps[i]).isEqualTo(expected, within(1e-6));
    }
    assertThat(gaps[0] / gaps[1]).isBetween(1.9, 2.1);
    assertThat(gaps[1] / gaps[2]).isBetween(1.9, 2.1);
    assertThat(gaps[2]).isLessThan(0.01);
  }

  /**
   * The divergences of the steps of a scalar Gaussian, in closed form, and that of the last level.
   */
  private static double gap(double mean, double variance, int steps) {
    double gap = 0;
    double below = variance;
    double signal = 1;
    for (int t = 0; t < steps; t++) {
      double gamma = -9 + 18.0 * t / (steps - 1);
      double squaredAlpha = 1 / (1 + Math.exp(gamma));
      double kept = squaredAlpha / signal;
      double here = kept * below + 1 - kept;
      double ratio = (below - kept * below * below / here) / (1 - kept);
      gap += (ratio - 1 - Math.log(ratio)) / 2;
      below = here;
      signal = squaredAlpha;
    }
    return gap + (below + signal * mean * mean - 1 - Math.log(below)) / 2;
  }

  @Test
  void drawsOfTheDiscreteModelAreThoseOfGaussianData() {
    int count = 5_000;
    NDArray draws = Tensors.toFloat64(bound(200).sample(new Shape(count)));
    double[] means = draws.mean(new int[] {0}).toDoubleArray();
    double[] squares = draws.sub(manager.create(MEAN)).square().mean(new int[] {0}).toDoubleArray();
    for (int m = 0; m < 2; m++) {
      assertThat(means[m]).isEqualTo(MEAN[m], within(5 * Math.sqrt(VARIANCE[m] / count) + 0.02));
      // steps of this length widen or narrow the draws by a percent
      assertThat(squares[m] / VARIANCE[m]).isEqualTo(1, within(5 * Math.sqrt(2.0 / count) + 0.02));
    }
  }

  /** The flow of exact scores gives exactly the density of the data at its first level. */
  @Test
  void theFlowHasTheDensityOfGaussianData() {
    DiffusionSchedule schedule = DiffusionSchedule.linear(-9, 16, 2);
    double alpha = DiffusionSchedule.alpha(-9);
    double sigma = DiffusionSchedule.sigma(-9);
    double[] mean = Arrays.stream(MEAN).map(m -> alpha * m).toArray();
    double[] variance =
        Arrays.stream(VARIANCE).map(c -> alpha * alpha * c + sigma * sigma).toArray();
    NDArray z = gaussianData(50);
    DiffusionFlow flow =
        new DiffusionFlow(new LinearDenoiser(MEAN, VARIANCE), schedule, 100, manager, 2);

    double[] expected = exact(z, mean, variance).toDoubleArray();
    assertThat(flow.logProb(z).toDoubleArray()).containsExactly(expected, within(1e-3));
    assertThat(flow.kind()).isEqualTo(Density.Kind.EXACT);
  }

  @Test
  void theDivergenceIsTheTraceOfTheJacobian() {
    int size = 4;
    int hidden = 6;
    DenoisingNetwork network =
        new DenoisingNetwork(
            DiffusionSchedule.linear(-6, 7, 10),
            random(size, hidden),
            random(DenoisingNetwork.TIME_FEATURES, hidden),
            random(hidden),
            random(hidden, hidden),
            random(hidden),
            random(hidden, size),
            random(size));
    NDArray z = random(5, size);
    NDArray gamma = manager.full(new Shape(1, 1), 1.5f).toType(DataType.FLOAT64, false);
    double[] traces = new double[5];
    double step = 1e-6;
    for (int m = 0; m < size; m++) {
      NDArray direction = manager.eye(size, size, 0, DataType.FLOAT64).get(m);
      NDArray ahead = network.velocity(z.add(Tensors.multiply(direction, step)), gamma);
      NDArray behind = network.velocity(z.sub(Tensors.multiply(direction, step)), gamma);
      double[] slopes = ahead.sub(behind).mul(direction).sum(new int[] {1}).toDoubleArray();
      for (int i = 0; i < traces.length; i++) {
        traces[i] += slopes[i] / (2 * step);
      }
    }

    Denoiser.Velocity velocity = network.withDivergence(z, gamma);
    assertThat(velocity.divergence().toDoubleArray()).containsExactly(traces, within(1e-7));
    assertThat(velocity.value()).isEqualTo(network.velocity(z, gamma));
  }

  /** The estimate of training and the sum of inference have the same expectation. */
  @Test
  void oneTermOfEachRowEstimatesTheSumOfAll() {
    DiffusionSchedule schedule = DiffusionSchedule.linear(-6, 7, 20);
    Denoiser denoiser = new LinearDenoiser(MEAN, VARIANCE);
    int rows = 100_000;
    NDArray z = manager.create(new double[] {0.3, -0.7}).reshape(1, 2);
    NDArray one = new DiffusionTerms.OneTerm(schedule, 5).sum(z.repeat(0, rows), denoiser);
    NDArray noise = manager.randomNormal(new Shape(200, 20, 2), DataType.FLOAT32);
    NDArray all = new DiffusionTerms.AllTerms(schedule, noise).sum(z, denoiser);

    double mean = one.mean().getDouble();
    double error = Math.sqrt(one.square().mean().getDouble() / rows);
    assertThat(mean).isEqualTo(all.getDouble(0), within(5 * error + 0.01));
  }

  @Test
  void everyParameterTakesItsGradientAsItIs() {
    LatentDiffusion prior = new LatentDiffusion(shape(3), 10);
    PriorPass.initialize(prior, manager);
    assertThat(prior.block().orElseThrow().getParameters().keys())
        .containsExactly(
            "latent_weight",
            "time_weight",
            "input_bias",
            "hidden_weight",
            "hidden_bias",
            "output_weight",
            "output_bias")
        .allMatch(name -> prior.gradientRule(name) == GradientRule.PLAIN);
  }

  private NDArray random(long... shape) {
    return manager.randomNormal(new Shape(shape), DataType.FLOAT64);
  }

  private Density bound(int steps) {
    DiffusionSchedule schedule = DiffusionSchedule.linear(-9, 9, steps);
    NDArray noise = manager.ones(new Shape(1, steps, 2));
    return new DiffusionBound(
        new LinearDenoiser(MEAN, VARIANCE),
        schedule,
        new DiffusionTerms.AllTerms(schedule, noise),
        manager,
        2);
  }

  private NDArray gaussianData(int count) {
    Random random = new Random(4);
    double[] rows = new double[2 * count];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = MEAN[i % 2] + Math.sqrt(VARIANCE[i % 2]) * random.nextGaussian();
    }
    return manager.create(rows).reshape(count, 2);
  }

  private NDArray exact(NDArray z, double[] mean, double[] variance) {
    NDArray spread = manager.create(variance);
    NDArray squares = z.sub(manager.create(mean)).square().div(spread);
    NDArray each = squares.add(spread.log()).add(Math.log(2 * Math.PI));
    return Tensors.multiply(each.sum(new int[] {1}), -0.5);
  }

  /** E[v | z_t] where z ~ N(m, diag c). */
  private record LinearDenoiser(double[] mean, double[] variance) implements Denoiser {
    @Override
    public NDArray velocity(NDArray latents, NDArray gamma) {
      return withDivergence(latents, gamma).value();
    }

    @Override
    public Velocity withDivergence(NDArray latents, NDArray gamma) {
      NDManager manager = latents.getManager();
      NDArray c = manager.create(variance).reshape(1, 2);
      NDArray m = manager.create(mean).reshape(1, 2);
      NDArray level = Tensors.toFloat64(gamma);
      NDArray signal = Tensors.sigmoid(level.neg());
      NDArray noise = Tensors.sigmoid(level);
      NDArray slope = signal.mul(noise).sqrt().mul(c.neg().add(1)).div(signal.mul(c).add(noise));
      NDArray value =
          Tensors.toFloat64(latents).sub(signal.sqrt().mul(m)).mul(slope).sub(noise.sqrt().mul(m));
      NDArray divergence = Tensors.sumLast(slope.add(latents.zerosLike()));
      return new Velocity(
          latents.getDataType() == DataType.FLOAT32 ? value.toType(DataType.FLOAT32, false) : value,
          divergence);
    }

    @Override
    public Denoiser map(UnaryOperator<NDArray> change) {
      return this;
    }
  }
}
