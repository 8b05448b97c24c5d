package org.largevae.likelihoods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/** Log-densities in float64 against values computed outside this project. */
class ReferenceValuesTest {
  private static final DataDescription REAL = Decoded.data(1, ValueKinds.REAL);
  private static final DataDescription COUNTS = Decoded.data(1, ValueKinds.COUNT);
  private static final DataDescription PIXELS = Decoded.data(1, ValueKinds.GREY_LEVEL);

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private double logProb(Likelihood likelihood, double x, double... parameters) {
    NDArray value = manager.create(new double[] {x}, new Shape(1, 1));
    NDArray logProb = density(likelihood, parameters).logProb(value);
    assertThat(logProb.getDataType()).isEqualTo(DataType.FLOAT64);
    return logProb.toDoubleArray()[0];
  }

  private Density density(Likelihood likelihood, double... parameters) {
    NDArray given = manager.create(parameters, new Shape(1).addAll(likelihood.parameters()));
    return likelihood.of(given, Pass.inference(manager));
  }

  /** SciPy's t.logpdf; a is the inverse of nu = 2 + softplus(a). */
  @ParameterizedTest
  @CsvSource({"0.7,0.2,0.5,3,-0.883105813967", "12,0,1,2.5,-8.140425312481"})
  void studentT(double x, double mean, double scale, double nu, double expected) {
    double a = Math.log(Math.expm1(nu - 2));

    assertThat(logProb(new StudentT(REAL), x, mean, Math.log(scale), a))
        .isCloseTo(expected, within(1e-9));
  }

  /** For nu without end, a Gaussian; 1/2 log 2 pi is 0.918938533204673. */
  @Test
  void studentTOfManyDegreesOfFreedomIsGaussian() {
    assertThat(logProb(new StudentT(REAL), 1, 0, 0, 1e6))
        .isCloseTo(-0.5 - 0.918938533204673, within(1e-4));
  }

  @Test
  void laplace() {
    assertThat(logProb(new Laplace(REAL), -1.5, 0.5, Math.log(0.8)))
        .isCloseTo(-Math.log(1.6) - 2 / 0.8, within(1e-12));
  }

  @Test
  void logNormal() {
    LogNormal likelihood = new LogNormal(Decoded.data(1, ValueKinds.POSITIVE));
    double x = 2.5;
    double variance = 0.36;
    double z = (Math.log(x) - 0.2) / 0.6;

    assertThat(logProb(likelihood, x, 0.2, Math.log(variance)))
        .isCloseTo(-Math.log(x * 0.6) - 0.5 * Math.log(2 * Math.PI) - 0.5 * z * z, within(1e-12));
    assertThat(density(likelihood, 0.2, Math.log(variance)).mean().toDoubleArray()[0])
        .isCloseTo(Math.exp(0.38), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "0.01,1.545197545513",
    "0.1,1.010338559491",
    "0.3,0.750587750880",
    "0.4999,0.693147193893",
    "0.99,1.545197545513",
    "0.5001,0.693147193893"
  })
  void continuousBernoulli(double lambda, double logNormaliser) {
    double logit = Math.log(lambda / (1 - lambda));
    double expected = 0.25 * Math.log(lambda) + 0.75 * Math.log1p(-lambda) + logNormaliser;

    assertThat(logProb(new ContinuousBernoulli(PIXELS), 0.25, logit))
        .isCloseTo(expected, within(1e-9));
  }

  /** {@code lambda / (2 lambda - 1) + 1 / (2 atanh(1 - 2 lambda))}, and its limit at 1/2. */
  @Test
  void meansOfContinuousBernoulli() {
    ContinuousBernoulli likelihood = new ContinuousBernoulli(PIXELS);
    for (double logit : new double[] {-30, -3, -0.021, 0.021, 0.7, 30}) {
      double lambda = 1 / (1 + Math.exp(-logit));
      double expected = lambda / (2 * lambda - 1) - 1 / logit;
      assertThat(density(likelihood, logit).mean().toDoubleArray()[0])
          .isCloseTo(expected, within(1e-9));
    }
    for (double logit : new double[] {-0.019, 0, 1e-9, 0.019}) {
      assertThat(density(likelihood, logit).mean().toDoubleArray()[0])
          .isCloseTo(0.5 + logit / 12 - Math.pow(logit, 3) / 720, within(1e-12));
    }
  }

  @Test
  void poisson() {
    // 3 log 1.5 - 1.5 - log 6
    assertThat(logProb(new Poisson(COUNTS), 3, Math.log(1.5)))
        .isCloseTo(3 * Math.log(1.5) - 1.5 - Math.log(6), within(1e-12));
    // at its mean, by Stirling: -1/2 log(2 pi x) - 1/(12 x)
    double many = 100_000;
    assertThat(logProb(new Poisson(COUNTS), many, Math.log(many)))
        .isCloseTo(-0.5 * Math.log(2 * Math.PI * many) - 1 / (12 * many), within(1e-8));
  }

  @ParameterizedTest
  @CsvSource({
    "0,1.5,2,-1.119231575871",
    "3,1.5,2,-2.274830795913",
    "7,0.3,0.5,-8.663968652936",
    "250,40,3,-15.706194029900"
  })
  void negativeBinomial(double x, double mean, double theta, double expected) {
    assertThat(logProb(new NegativeBinomial(COUNTS), x, Math.log(mean), Math.log(theta)))
        .isCloseTo(expected, within(1e-9));
  }

  /** To first order in 1 / theta it differs from Poisson by ((x - mu)^2 - x) / (2 theta). */
  @Test
  void negativeBinomialOfGreatInverseDispersionIsPoisson() {
    double theta = 1e6;
    double x = 12;
    double mean = 9;
    double poisson = logProb(new Poisson(COUNTS), x, Math.log(mean));
    double correction = ((x - mean) * (x - mean) - x) / (2 * theta);

    assertThat(logProb(new NegativeBinomial(COUNTS), x, Math.log(mean), Math.log(theta)))
        .isCloseTo(poisson + correction, within(2e-8));
  }

  @ParameterizedTest
  @CsvSource({"0,-0.677954325413", "1,-1.586643943216", "3,-2.588092483431"})
  void zeroInflatedNegativeBinomial(double x, double expected) {
    assertThat(logProb(new ZeroInflatedNegativeBinomial(COUNTS), x, Math.log(1.5), Math.log(2), -1))
        .isCloseTo(expected, within(1e-9));
  }

  /** log(5! / (2! 0! 3!)) + 2 log(1/8) + 3 log(5/8) for weights 1, 2, 5. */
  @Test
  void multinomial() {
    Multinomial likelihood = new Multinomial(Decoded.data(3, ValueKinds.COUNT));
    NDArray logits = manager.create(new double[] {0, Math.log(2), Math.log(5)}, new Shape(1, 1, 3));
    NDArray x = manager.create(new double[] {2, 0, 3}, new Shape(1, 3));

    double found = likelihood.of(logits, Pass.inference(manager)).logProb(x).toDoubleArray()[0];

    assertThat(found)
        .isCloseTo(Math.log(10) + 2 * Math.log(0.125) + 3 * Math.log(0.625), within(1e-12));
  }

  @Test
  void multinomialSumsToOneOverAllCountsOfATotal() {
    Multinomial likelihood = new Multinomial(Decoded.data(3, ValueKinds.COUNT));
    NDArray logits = manager.create(new double[] {0.3, -1, 2}, new Shape(1, 3));
    Density density = likelihood.of(logits, Pass.inference(manager));
    double sum = 0;
    int total = 7;
    for (int i = 0; i <= total; i++) {
      for (int j = 0; i + j <= total; j++) {
        NDArray x = manager.create(new double[] {i, j, total - i - j}, new Shape(3));
        sum += Math.exp(density.logProb(x).getDouble());
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void multinomialDrawsAndMeansHaveTheTotalAskedFor() {
    Multinomial likelihood =
        new Multinomial(new MultinomialSettings(50), Decoded.data(3, ValueKinds.COUNT));
    NDArray logits =
        manager.create(new float[] {0, (float) Math.log(2), (float) Math.log(5)}, new Shape(1, 3));
    Density density = likelihood.of(logits, Pass.inference(manager));
    int draws = 2000;
    double[] drawn = Tensors.toDoubles(density.sample(new Shape(draws)));
    double[] sums = new double[3];
    for (int i = 0; i < drawn.length; i++) {
      sums[i % 3] += drawn[i];
    }
    for (int i = 0; i < drawn.length; i += 3) {
      assertThat(drawn[i] + drawn[i + 1] + drawn[i + 2]).isEqualTo(50);
    }
    double[] mean = Tensors.toDoubles(density.mean());
    double[] probabilities = {1 / 8.0, 2 / 8.0, 5 / 8.0};
    for (int d = 0; d < 3; d++) {
      double p = probabilities[d];
      assertThat(mean[d]).isCloseTo(50 * p, within(1e-5));
      double error = Math.sqrt(50.0 * draws * p * (1 - p));
      assertThat(sums[d]).isCloseTo(50 * p * draws, within(5 * error));
    }
  }

  /** Softmax of 1, 2, 3. */
  @Test
  void categorical() {
    Categorical likelihood = new Categorical(Decoded.data(1, ValueKinds.category(3)));
    double sum = Math.exp(1) + Math.exp(2) + Math.exp(3);
    for (int category = 0; category < 3; category++) {
      assertThat(logProb(likelihood, category, 1, 2, 3))
          .isCloseTo(category + 1 - Math.log(sum), within(1e-12));
    }
    assertThat(density(likelihood, 1, 3, 2).pointEstimate().toDoubleArray()).containsExactly(1);
  }

  /** Differences of the cumulative sigmoid, thresholds -0.4 - log 2, then softplus steps. */
  @Test
  void ordinal() {
    OrderedLogit likelihood = new OrderedLogit(Decoded.data(1, ValueKinds.ordinal(4)));
    double[] given = {-0.4, 0.9, -1.2};
    double[] cumulative = new double[5];
    double threshold = -0.4 - Math.log(2);
    for (int level = 0; level < 4; level++) {
      cumulative[level + 1] = level == 3 ? 1 : 1 / (1 + Math.exp(-threshold));
      threshold += level < 2 ? Math.log1p(Math.exp(given[level + 1])) : 0;
    }
    double mean = 0;
    for (int level = 0; level < 4; level++) {
      double probability = cumulative[level + 1] - cumulative[level];
      mean += level * probability;
      assertThat(logProb(likelihood, level, given)).isCloseTo(Math.log(probability), within(1e-12));
    }
    assertThat(density(likelihood, given).mean().toDoubleArray()[0]).isCloseTo(mean, within(1e-12));
  }

  @Test
  void ordinalLevelsStartEvenlyAboutTheMiddle() {
    OrderedLogit likelihood = new OrderedLogit(Decoded.data(1, ValueKinds.ordinal(5)));
    for (int level = 0; level < 5; level++) {
      assertThat(logProb(likelihood, level, 0, 0, 0, 0))
          .isCloseTo(logProb(likelihood, 4 - level, 0, 0, 0, 0), within(1e-12));
    }
  }

  /** One component is the discretised logistic, computed in another way. */
  @ParameterizedTest
  @CsvSource({"0.3,-2.5", "-2,-6.5", "4,-1", "0,-4"})
  void aMixtureOfOneIsADiscretisedLogistic(double location, double logScale) {
    LogisticMixture mixture = new LogisticMixture(new LogisticMixtureSettings(1, -7, 0), PIXELS);
    DiscretizedLogistic single =
        new DiscretizedLogistic(new DiscretizedLogisticSettings(Tails.FOLDED, -7, 0), PIXELS);
    for (int pixel : new int[] {0, 1, 40, 127, 128, 200, 254, 255}) {
      double x = (pixel + 0.5) / 256;
      double expected = logProb(single, x, location, logScale);
      assertThat(logProb(mixture, x, 0.7, location, logScale + 2))
          .isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
    }
  }

  @ParameterizedTest
  @CsvSource({"-9", "-4", "0", "1", "9"})
  void mixturesOfLogisticsSumToOne(double shift) {
    LogisticMixture likelihood = new LogisticMixture(PIXELS);
    double[] parameters =
        IntStream.range(0, 15).mapToDouble(i -> Math.sin(i) * 3 + (i > 9 ? shift : 0)).toArray();

    double sum =
        IntStream.range(0, 256)
            .mapToDouble(i -> Math.exp(logProb(likelihood, (i + 0.5) / 256, parameters)))
            .sum();

    assertThat(sum).isCloseTo(1, within(1e-9));
  }

  /** At the start, all zeros, the five components stand in the middles of fifths. */
  @Test
  void mixturesStartSpread() {
    Density density = density(new LogisticMixture(PIXELS), new double[15]);

    double[] found = ((BinnedMixtures) density).location().toDoubleArray();

    for (int j = 0; j < 5; j++) {
      assertThat(found[j]).isCloseTo(0.1 + 0.2 * j, within(1e-12));
    }
    assertThat(((BinnedMixtures) density).logScale().toDoubleArray())
        .containsExactly(-2, -2, -2, -2, -2);
    assertThat(density.mean().toDoubleArray()[0]).isCloseTo(0.5, within(1e-6));
  }
}
