package org.largevae.priors.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.tensor.Tensors;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.diffusion.LatentDiffusionSettings.LogDensity;

/** A diffusion trained on a mixture of two Gaussians in the plane, whose density is known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LatentDiffusionTrainingTest {
  private static final double[][] CENTRES = {{-1.2, 0.3}, {1, -0.6}};
  private static final double[] DEVIATIONS = {0.6, 0.35};
  private static final ModelShape SHAPE =
      ModelShape.of(DataDescription.of(new DataShape(1, 1, 2), ValueKinds.REAL), 2);
  private static final int STEPS = 1500;
  private static final int BATCH = 256;

  private final NDManager manager = NDManager.newBaseManager();
  private LatentDiffusion trained;

  private static LatentDiffusionSettings settings(int steps, LogDensity density) {
    return settings(steps, density, 1);
  }

  private static LatentDiffusionSettings settings(int steps, LogDensity density, int draws) {
    return new LatentDiffusionSettings(steps, -6, 7, 48, draws, density, 40);
  }

  @BeforeAll
  void train() {
    Engine.getInstance().setRandomSeed(1);
    trained = new LatentDiffusion(settings(100, LogDensity.BOUND), SHAPE);
    PriorPass.initialize(trained, manager);
    List<Parameter> parameters = trained.block().orElseThrow().getParameters().values();
    List<NDArray> moments = new ArrayList<>();
    parameters.forEach(
        parameter -> {
          moments.add(parameter.getArray().zerosLike());
          moments.add(parameter.getArray().zerosLike());
        });
    Random random = new Random(2);
    for (int step = 1; step <= STEPS; step++) {
      step(parameters, moments, random, step);
    }
  }

  private void step(List<Parameter> parameters, List<NDArray> moments, Random random, int step) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray z = data(BATCH, random);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(
            PriorPass.distribution(trained, Pass.training(manager)).logProb(z).mean().neg());
      }
      double rate = 4e-3 * (1 - (step - 1.0) / STEPS);
      double corrected = rate * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
      for (int i = 0; i < parameters.size(); i++) {
        NDArray weight = parameters.get(i).getArray();
        NDList inputs =
            new NDList(weight, weight.getGradient(), moments.get(2 * i), moments.get(2 * i + 1));
        weight
            .getNDArrayInternal()
            .adamUpdate(
                inputs,
                new NDList(weight),
                (float) rate,
                (float) corrected,
                0,
                1,
                -1,
                0.9f,
                0.999f,
                1e-8f,
                false,
                false);
      }
    }
  }

  @AfterAll
  void close() {
    manager.close();
  }

  /** The same network in another diffusion. */
  private Density other(LatentDiffusionSettings settings) {
    LatentDiffusion prior = new LatentDiffusion(settings, SHAPE);
    PriorPass.initialize(prior, manager);
    trained
        .block()
        .orElseThrow()
        .getParameters()
        .forEach(
            entry ->
                prior
                    .block()
                    .orElseThrow()
                    .getParameters()
                    .get(entry.getKey())
                    .getArray()
                    .set(new NDIndex("..."), entry.getValue().getArray()));
    return PriorPass.distribution(prior, Pass.inference(manager));
  }

  private NDArray data(int count, Random random) {
    float[] rows = new float[2 * count];
    for (int i = 0; i < count; i++) {
      int k = random.nextInt(2);
      for (int m = 0; m < 2; m++) {
        rows[2 * i + m] = (float) (CENTRES[k][m] + DEVIATIONS[k] * random.nextGaussian());
      }
    }
    return manager.create(rows, new Shape(count, 2));
  }

  private static double exact(NDArray z) {
    float[] rows = z.toFloatArray();
    double sum = 0;
    for (int i = 0; i < rows.length; i += 2) {
      double density = 0;
      for (int k = 0; k < 2; k++) {
        double squares = 0;
        for (int m = 0; m < 2; m++) {
          squares += Math.pow((rows[i + m] - CENTRES[k][m]) / DEVIATIONS[k], 2);
        }
        density += 0.5 * Math.exp(-squares / 2) / (2 * Math.PI * DEVIATIONS[k] * DEVIATIONS[k]);
      }
      sum += Math.log(density);
    }
    return sum / (rows.length / 2);
  }

  @Test
  void flowAndBoundAgreeAndComeNearTheDensityOfTheData() {
    NDArray z = data(1000, new Random(8));
    double exact = exact(z);
    double flow =
        Tensors.toFloat64(other(settings(2, LogDensity.ODE)).logProb(z)).mean().getDouble();
    double long1000 = mean(other(settings(1000, LogDensity.BOUND)).logProb(z));
    double short100 = mean(other(settings(100, LogDensity.BOUND)).logProb(z));
    double standard =
        mean(PriorPass.distribution(new StandardPrior(SHAPE), Pass.inference(manager)).logProb(z));

    assertThat(long1000).isEqualTo(flow, within(0.3));
    assertThat(flow).isEqualTo(exact, within(0.1));
    assertThat(short100).isLessThan(exact).isGreaterThan(standard + 0.5 * (exact - standard));
  }

  private static double mean(NDArray logProb) {
    return Tensors.toFloat64(logProb).mean().getDouble();
  }

  /** It is the same for all z, so that more of these do not average it out. */
  @Test
  void onePairOfNoiseLeavesLittleErrorInTheBound() {
    NDArray z = data(500, new Random(12));
    double one = mean(other(settings(100, LogDensity.BOUND)).logProb(z));
    double many = mean(other(settings(100, LogDensity.BOUND, 40)).logProb(z));
    assertThat(one).isEqualTo(many, within(0.05));
  }

  @Test
  void drawsFollowTheDensityOfTheData() {
    int count = 1500;
    NDArray expected = data(count, new Random(9));
    double chance = energyDistance(expected, data(count, new Random(10)));
    for (LogDensity density : LogDensity.values()) {
      Engine.getInstance().setRandomSeed(6);
      NDArray draws = other(settings(200, density)).sample(new Shape(count));
      // two samples of one distribution are about 0.003 apart, of N(0, I) and the data 0.1
      assertThat(energyDistance(expected, draws)).isLessThan(chance + 0.01);
      double left = draws.get(":, 0").lt(0).toType(expected.getDataType(), false).mean().getFloat();
      double leftInData =
          expected.get(":, 0").lt(0).toType(expected.getDataType(), false).mean().getFloat();
      assertThat(left).isEqualTo(leftInData, within(0.06));
    }
    assertThat(energyDistance(expected, manager.randomNormal(new Shape(count, 2))))
        .isGreaterThan(chance + 0.05);
  }

  /** {@code 2 E|X - Y| - E|X - X'| - E|Y - Y'|} (Szekely and Rizzo 2013). */
  private static double energyDistance(NDArray x, NDArray y) {
    return 2 * distance(x, y) - distance(x, x) - distance(y, y);
  }

  private static double distance(NDArray x, NDArray y) {
    return x.expandDims(1)
        .sub(y.expandDims(0))
        .square()
        .sum(new int[] {2})
        .sqrt()
        .mean()
        .getFloat();
  }

  /** Whatever the engine has drawn before. */
  @Test
  void scoresAreTheSameInEveryPass() {
    NDArray z = data(5, new Random(3));
    float[] first =
        PriorPass.distribution(trained, Pass.inference(manager)).logProb(z).toFloatArray();
    Engine.getInstance().setRandomSeed(99);
    float[] again =
        PriorPass.distribution(trained, Pass.inference(manager)).logProb(z).toFloatArray();
    assertThat(again).containsExactly(first);
  }
}
