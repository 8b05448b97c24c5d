package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.api.tensor.Tensors;

/**
 * What holds for every likelihood on one kind of data; one that is for several kinds has a test
 * class for each.
 *
 * <pre>{@code
 * class BernoulliContractTest extends LikelihoodContract {
 *   @Override
 *   protected LikelihoodProvider<?> provider() {
 *     return new BernoulliProvider();
 *   }
 *
 *   @Override
 *   protected ValueKind kind() {
 *     return ValueKinds.BINARY;
 *   }
 * }
 * }</pre>
 */
public abstract class LikelihoodContract
    extends DistributionContract<LikelihoodProvider<?>, Likelihood> {
  private static final int SETTINGS = 5;

  /** What a decoder may well give before it is trained. */
  private static final double FAR = 30;

  /** For the test class of a likelihood. */
  protected LikelihoodContract() {}

  @Override
  protected abstract ValueKind kind();

  /**
   * Whether {@code exp(logProb)} is a density, rather than the probability of each value.
   *
   * @return by default, true for kinds that are not discrete; true for a discrete one makes it a
   *     density over the real line
   */
  protected boolean isDensity() {
    return !kind().isDiscrete();
  }

  /**
   * Where a density begins.
   *
   * @return by default, the kind's lowest value, and negative infinity for a discrete kind
   */
  protected double densityLowest() {
    return kind().isDiscrete() ? Double.NEGATIVE_INFINITY : kind().lowest();
  }

  /**
   * Where a density ends.
   *
   * @return by default, the kind's highest value, and infinity for a discrete kind
   */
  protected double densityHighest() {
    return kind().isDiscrete() ? Double.POSITIVE_INFINITY : kind().highest();
  }

  /**
   * Whether probabilities sum, or the density integrates, to 1.
   *
   * @return false for a likelihood that loses mass on purpose
   */
  protected boolean isNormalised() {
    return true;
  }

  /**
   * Whether draws follow {@code exp(logProb)}, and {@code mean} is its expectation.
   *
   * @return false for a likelihood whose draws are moved into the data's bounds afterwards
   */
  protected boolean samplesFollowLogProb() {
    return true;
  }

  @Override
  final Class<?> service() {
    return LikelihoodProvider.class;
  }

  @Override
  final String section() {
    return "model.likelihood";
  }

  @Override
  final Likelihood create(LikelihoodProvider<?> provider, Settings settings, ModelShape shape) {
    return read(provider, settings, shape.data());
  }

  private static <S extends Record> Likelihood read(
      LikelihoodProvider<S> provider, Settings settings, DataDescription data) {
    return provider.create(provider.settings().read(settings), data);
  }

  @Override
  final NDList inputs(Bench<Likelihood> bench) {
    NDArray x = bench.batch(bench.examples(4, SEED), SEED).x();
    return new NDList(given(bench, 4, SEED), x);
  }

  @Override
  final List<String> inputNames(Bench<Likelihood> bench) {
    return List.of("the decoder's output");
  }

  /** Standard normal values in the place of a decoder's output, shape (rows, parameters()). */
  static NDArray given(Bench<Likelihood> bench, int rows, int seed) {
    return bench.normal(new Shape(rows).addAll(bench.component().parameters()), 100 * seed);
  }

  @Override
  final Density distribution(Bench<Likelihood> bench, NDList inputs, Pass pass) {
    return bench.component().of(inputs.get(0), pass);
  }

  @Override
  final NDArray values(Bench<Likelihood> bench, int rows) {
    return bench.examples(rows, SEED);
  }

  @Override
  final String resultsTest() {
    return "logProbMeanAndDrawsAreOfTheRightShapeAndInBounds";
  }

  @Test
  final void parametersAndKindsAreTold() {
    try (Bench<Likelihood> bench = created(shape(), Device.cpu())) {
      LikelihoodResults.checkParametersAndKinds(bench.component(), bench.shape().data());
    }
  }

  @Test
  final void logProbMeanAndDrawsAreOfTheRightShapeAndInBounds() {
    requireSoundPasses();
    try (Bench<Likelihood> bench = initialized(shape(), Device.cpu())) {
      checkResults(bench);
    }
  }

  @Override
  final void checkResults(Bench<Likelihood> bench) {
    for (int rows : new int[] {3, 1}) {
      NDArray x = bench.batch(bench.examples(rows, SEED), SEED).x();
      NDArray near = given(bench, rows, SEED);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Density density = bench.component().of(near, bench.inference());
        Shape example = new Shape(bench.shape().dimensions());
        ResultChecks.distribution(
            density, new Shape(rows), example, "the likelihood's distribution");
        LikelihoodResults.checkLogProb(density, x, "logProb");
        LikelihoodResults.checkDraws(density, bench.shape().data());
        NDArray far = Tensors.multiply(near.sign(), FAR);
        LikelihoodResults.checkLogProb(
            bench.component().of(far, bench.inference()),
            x,
            "logProb where the decoder gives +-30");
      }
    }
  }

  @Test
  final void missingValuesCanBeLeftOut() {
    assumeTrue(description().hasMissing(), "description() has no missing values");
    try (Bench<Likelihood> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Density density = distribution(bench, inputs(bench), bench.inference());
      assertThat(density instanceof Factorised)
          .withFailMessage(
              "values may be missing, so the distribution must be Factorised: logProbEach tells"
                  + " what to leave out")
          .isTrue();
      // where a value is missing its filler stands
      NDArray each = ((Factorised) density).logProbEach(value(inputs(bench)));
      ResultChecks.finite(
          each, "logProbEach", "it must be finite at the filler of a missing value too");
    }
  }

  @Test
  final void severalDrawsOfTheDecoderAreTakenAtOnce() {
    try (Bench<Likelihood> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = bench.examples(3, SEED);
      NDArray first = given(bench, 3, SEED);
      NDArray second = given(bench, 3, SEED + 1);
      NDArray both = first.expandDims(0).concat(second.expandDims(0), 0);
      NDArray together = bench.component().of(both, bench.inference()).logProb(x);

      String call = "logProb where the decoder's output has the shape " + both.getShape();
      ResultChecks.shape(together, new Shape(2, 3), call, "one value an example and draw, (S, B)");
      NDArray one = bench.component().of(first, bench.inference()).logProb(x);
      NDArray other = bench.component().of(second, bench.inference()).logProb(x);
      double[] apart = Arrays64.values(one.concat(other, 0));
      ResultChecks.sameAlone(Arrays64.values(together), apart, "logProb of shape (S, B, D)");
    }
  }

  @Test
  final void logProbIsTheSumOverTheValues() {
    try (Bench<Likelihood> whole = sound();
        Bench<Likelihood> single = sound(oneValue());
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int dimensions = whole.shape().dimensions();
      Shape parameters = whole.component().parameters();
      assumeTrue(whole.ownParameters().isEmpty(), "the likelihood has parameters of its own");
      assumeTrue(
          parameters.dimension() == 2
              && parameters.get(1) == dimensions
              && single.component().parameters().get(0) == parameters.get(0)
              && distribution(whole, inputs(whole), whole.inference()) instanceof Factorised,
          "the values are not independent, each with its own column of parameters");
      NDArray x = whole.examples(1, SEED);
      NDArray given = given(whole, 1, SEED);
      double sum = 0;
      for (int d = 0; d < dimensions; d++) {
        String column = d + ":" + (d + 1);
        sum += value(single, x.get(":, " + column), given.get(":, :, " + column));
      }
      double together = value(whole, x, given);

      assertThat(together)
          .withFailMessage(
              "logProb of %d values is %s, but the values one by one sum to %s: sum over the last"
                  + " axis, do not average",
              dimensions, together, sum)
          .isCloseTo(sum, within(1e-4 * (1 + Math.abs(sum))));
    }
  }

  private static double value(Bench<Likelihood> bench, NDArray x, NDArray given) {
    return Arrays64.values(bench.component().of(given, bench.inference()).logProb(x))[0];
  }

  @Test
  final void fewerValuesAreOfTheSameFamily() {
    try (Bench<Likelihood> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Optional<Likelihood> one = bench.component().ofValues(1);
      assumeTrue(one.isPresent(), "ofValues(1) is empty: the family is not for single values");
      NDArray x = bench.examples(2, SEED);
      NDArray given = given(bench, 2, SEED);
      Density whole = bench.component().of(given, bench.inference());
      assertThat(whole instanceof Factorised)
          .withFailMessage("ofValues(1) is there, so the distribution must be Factorised")
          .isTrue();
      NDArray each = ((Factorised) whole).logProbEach(x);
      for (int d = 0; d < bench.shape().dimensions(); d++) {
        String column = d + ":" + (d + 1);
        NDArray alone =
            one.get()
                .of(given.get(":, :, " + column), bench.inference())
                .logProb(x.get(":, " + column));
        double[] expected = Arrays64.values(each.get(":, " + d));
        assertThat(Comparison.agree(expected, Arrays64.values(alone), 1e-5))
            .withFailMessage(
                "ofValues(1) gives value %d the log-densities %s, but logProbEach says %s: it must"
                    + " be the same family with the same settings and trained parameters",
                d, Arrays.toString(Arrays64.values(alone)), Arrays.toString(expected))
            .isTrue();
      }
    }
  }

  @Test
  final void probabilitiesAddUpToOne() {
    assumeTrue(isNormalised(), "isNormalised() is false");
    try (Bench<Likelihood> bench = sound(oneValue())) {
      for (int setting = 0; setting < SETTINGS; setting++) {
        ValueDistribution one = new ValueDistribution(bench, kind(), setting);
        if (isDensity()) {
          ResultChecks.normalised(density(one), "logProb(x)");
          continue;
        }
        Optional<double[]> precise = one.preciseProbabilities();
        double sum = Arrays.stream(precise.orElseGet(one::probabilities)).sum();
        assertThat(Math.abs(sum - 1) <= (precise.isPresent() ? 1e-6 : 1e-4))
            .withFailMessage(
                "exp(logProb(x)) sums to %s over the values of %s data, not to 1 (if it is a"
                    + " density, override isDensity())",
                sum, kind().name())
            .isTrue();
      }
    }
  }

  @Test
  final void samplesFollowTheProbabilities() {
    assumeTrue(samplesFollowLogProb(), "samplesFollowLogProb() is false");
    try (Bench<Likelihood> bench = sound(oneValue())) {
      for (int setting = 0; setting < SETTINGS; setting++) {
        ValueDistribution one = new ValueDistribution(bench, kind(), setting);
        if (isDensity()) {
          ResultChecks.follows(density(one), one.sample(), "logProb(x)");
          continue;
        }
        double allowed = LineDensity.allowedDistance(one.sample().length);
        double distance = one.distance();
        assertThat(distance <= allowed)
            .withFailMessage(
                "%d draws do not follow exp(logProb(x)): the distribution functions differ by %.3f,"
                    + " chance explains %.3f; sample and logProb must be of one distribution",
                one.sample().length, distance, allowed)
            .isTrue();
      }
    }
  }

  @Test
  final void meanIsTheExpectedValue() {
    assumeTrue(samplesFollowLogProb(), "samplesFollowLogProb() is false");
    try (Bench<Likelihood> bench = sound(oneValue())) {
      for (int setting = 0; setting < SETTINGS; setting++) {
        ValueDistribution one = new ValueDistribution(bench, kind(), setting);
        double expected = isDensity() ? density(one).expectation() : one.expectation();
        // half a grey level may be lost where the exact mean is costly
        double rounding = kind().equals(ValueKinds.GREY_LEVEL) ? 1.0 / 512 : 1e-3;

        assertThat(Math.abs(one.mean() - expected) <= rounding * (1 + Math.abs(expected)))
            .withFailMessage(
                "mean is %s, but the expectation under exp(logProb(x)) is %s", one.mean(), expected)
            .isTrue();
      }
    }
  }

  private LineDensity density(ValueDistribution one) {
    return one.density(densityLowest(), densityHighest());
  }

  private ModelShape oneValue() {
    DataDescription one = DataDescription.of(new DataShape(1, 1, 1), kind());
    return ModelShape.of(one, latentSize());
  }
}
