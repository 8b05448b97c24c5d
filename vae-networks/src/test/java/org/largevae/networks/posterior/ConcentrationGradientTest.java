package org.largevae.networks.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.SplittableRandom;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.distribution.Density;
import org.largevae.api.tensor.Tensors;

/**
 * The gradient of draws with respect to the concentration has the derivative of E[mu'z] as mean.
 */
class ConcentrationGradientTest {
  private static final int DRAWS = 100_000;
  private static final int AT_ONCE = 10_000;

  @ParameterizedTest
  @CsvSource({"3,5", "10,10", "20,20", "10,2", "40,50", "10,100", "40,10", "2,3"})
  void theGradientOfVonMisesFisherDrawsIsUnbiased(int coordinates, double concentration) {
    double expected = new VonMisesFisherLaw(coordinates, concentration).meanCosineSlope();

    Mean gradient = new Mean();
    for (double each : gradients(coordinates, concentration, true)) {
      gradient.add(each);
    }
    assertThat(gradient.mean()).isCloseTo(expected, within(4 * gradient.standardError()));
  }

  @ParameterizedTest
  @CsvSource({"3,5", "10,10", "40,50", "2,3"})
  void theGradientOfPowerSphericalDrawsIsUnbiased(int coordinates, double concentration) {
    double expected = new PowerSphericalLaw(coordinates, concentration).meanCosineSlope();

    Mean gradient = new Mean();
    for (double each : gradients(coordinates, concentration, false)) {
      gradient.add(each);
    }
    assertThat(gradient.mean()).isCloseTo(expected, within(4 * gradient.standardError()));
  }

  /**
   * What s-vae-pytorch and pythae differentiate: the accepted proposal, as if none were rejected.
   */
  @ParameterizedTest
  @CsvSource({"3,5,-0.21", "10,10,-0.076"})
  void theUncorrectedGradientOfAcceptedProposalsIsBiased(
      int coordinates, double concentration, double bias) {
    double expected = new VonMisesFisherLaw(coordinates, concentration).meanCosineSlope();
    double m = coordinates - 1;
    double root = Math.sqrt(4 * concentration * concentration + m * m);
    double b = m / (2 * concentration + root);
    double slopeOfB = -b * b / m * (2 + 4 * concentration / root);
    double x = (1 - b) / (1 + b);
    double c = concentration * x + m * Math.log(1 - x * x);
    SplittableRandom random = new SplittableRandom(1);
    ContinuousSampler beta = ChengBetaSampler.of(random::nextLong, m / 2, m / 2);

    Mean gradient = new Mean();
    while (gradient.count < DRAWS) {
      double e = beta.sample();
      double w = (1 - (1 + b) * e) / (1 - (1 - b) * e);
      if (concentration * w + m * Math.log(1 - x * w) - c >= Math.log(random.nextDouble())) {
        gradient.add(-2 * e * (1 - e) / Math.pow(1 - (1 - b) * e, 2) * slopeOfB);
      }
    }
    double error = gradient.standardError();
    assertThat(Math.abs(gradient.mean() - expected)).isGreaterThan(4 * error);
    assertThat(gradient.mean() / expected - 1).isCloseTo(bias, within(0.01));
  }

  /** d mu'z / dkappa of every draw. */
  private static double[] gradients(int coordinates, double concentration, boolean vonMisesFisher) {
    double[] all = new double[DRAWS];
    Engine.getInstance().setRandomSeed(3);
    for (int from = 0; from < DRAWS; from += AT_ONCE) {
      try (NDManager manager = NDManager.newBaseManager()) {
        NDArray direction = manager.ones(new Shape(coordinates));
        NDArray mean = Tensors.multiply(direction, 1 / Math.sqrt(coordinates));
        NDArray means = mean.expandDims(0).broadcast(AT_ONCE, coordinates);
        NDArray kappa = manager.full(new Shape(AT_ONCE), (float) concentration);
        kappa.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          Density density =
              vonMisesFisher ? new VonMisesFisher(means, kappa) : new PowerSpherical(means, kappa);
          collector.backward(density.sample(new Shape()).mul(means).sum());
        }
        System.arraycopy(Tensors.toDoubles(kappa.getGradient()), 0, all, from, AT_ONCE);
      }
    }
    return all;
  }

  private static final class Mean {
    private double sum;
    private double squares;
    private int count;

    void add(double value) {
      sum += value;
      squares += value * value;
      count++;
    }

    double mean() {
      return sum / count;
    }

    double standardError() {
      return Math.sqrt((squares / count - mean() * mean()) / count);
    }
  }
}
