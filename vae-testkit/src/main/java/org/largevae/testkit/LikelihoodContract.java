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
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
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
 *   protected LikelihoodProvider provider() {
 *     return new BernoulliProvider();
 *   }
 *
 *   @Override
 *   protected Support support() {
 *     return Support.BINARY;
 *   }
 * }
 * }</pre>
 */
public abstract class LikelihoodContract extends ComponentContract<LikelihoodProvider, Likelihood> {
  private static final int SETTINGS = 5;

  /** What a decoder may well give before it is trained. */
  private static final double FAR = 30;

  /** For the test class of a likelihood. */
  protected LikelihoodContract() {}

  @Override
  protected abstract Support support();

  /**
   * Whether {@code exp(logProb)} is a density over the real line, rather than the probability of
   * each value.
   *
   * @return by default, true for real-valued data only
   */
  protected boolean isDensity() {
    return support() == Support.REAL;
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
  final Class<LikelihoodProvider> kind() {
    return LikelihoodProvider.class;
  }

  @Override
  final String section() {
    return "model.likelihood";
  }

  @Override
  final String nameKey() {
    return "type";
  }

  @Override
  final Likelihood create(LikelihoodProvider provider, Settings settings, ModelShape shape) {
    return provider.create(settings, shape);
  }

  @Override
  final NDList inputs(Bench<Likelihood> bench) {
    NDList inputs = DecoderOutputs.draw(bench, 4, SEED);
    inputs.add(bench.examples(4, SEED));
    return inputs;
  }

  @Override
  final List<String> inputNames(Bench<Likelihood> bench) {
    return bench.component().parameterNames().stream()
        .map(name -> "the decoder's \"" + name + "\"")
        .toList();
  }

  @Override
  final NDList outputs(Bench<Likelihood> bench, NDList inputs, Pass pass) {
    int last = inputs.size() - 1;
    NDList parameters = new NDList(inputs.subList(0, last));
    return new NDList(bench.component().logProb(inputs.get(last), parameters, pass));
  }

  @Override
  final NDList draws(Bench<Likelihood> bench, NDList inputs, Pass pass) {
    NDList parameters = new NDList(inputs.subList(0, inputs.size() - 1));
    return new NDList(bench.component().sample(parameters, pass));
  }

  @Override
  final String resultsTest() {
    return "logProbMeanAndDrawsAreOfTheRightShapeAndInBounds";
  }

  @Test
  final void parameterNamesAndSupportsAreThere() {
    try (Bench<Likelihood> bench = created(shape(), Device.cpu())) {
      List<String> names = bench.component().parameterNames();
      assertThat(!names.isEmpty() && new HashSet<>(names).size() == names.size())
          .withFailMessage(
              "parameterNames() is %s: name each array that the decoder has to give, once", names)
          .isTrue();
      assertThat(bench.component().supports())
          .withFailMessage(
              "supports() is %s and lacks %s, which support() of this test asks for: the program"
                  + " would refuse such data",
              bench.component().supports(), support())
          .contains(support());
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
      NDArray x = bench.examples(rows, SEED);
      NDList near = DecoderOutputs.draw(bench, rows, SEED);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        LikelihoodResults.checkLogProb(bench, x, near, "logProb");
        LikelihoodResults.checkDraws(bench, near);
        NDList far = new NDList();
        near.forEach(array -> far.add(Tensors.multiply(array.sign(), FAR)));
        LikelihoodResults.checkLogProb(bench, x, far, "logProb of decoder outputs of +-30");
      }
    }
  }

  @Test
  final void severalDrawsOfTheDecoderAreTakenAtOnce() {
    try (Bench<Likelihood> bench = sound();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = bench.examples(3, SEED);
      NDList first = DecoderOutputs.draw(bench, 3, SEED);
      NDList second = DecoderOutputs.draw(bench, 3, SEED + 1);
      NDList both = new NDList();
      for (int i = 0; i < first.size(); i++) {
        both.add(first.get(i).expandDims(0).concat(second.get(i).expandDims(0), 0));
      }
      NDArray together = bench.component().logProb(x, both, bench.inference());

      String call = "logProb of arrays of shape " + both.get(0).getShape();
      Results.shape(together, new Shape(2, 3), call, "one value an example and draw, (S, B)");
      double[] apart =
          Arrays64.values(
              bench
                  .component()
                  .logProb(x, first, bench.inference())
                  .concat(bench.component().logProb(x, second, bench.inference()), 0));
      Results.sameAlone(Arrays64.values(together), apart, "logProb of shape (S, B, D)");
    }
  }

  @Test
  final void logProbIsTheSumOverTheValues() {
    try (Bench<Likelihood> whole = sound();
        Bench<Likelihood> single = sound(oneValue())) {
      assumeTrue(whole.ownParameters().isEmpty(), "the likelihood has parameters of its own");
      NDArray x = whole.examples(1, SEED);
      NDList given = DecoderOutputs.draw(whole, 1, SEED);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        double sum = 0;
        for (int d = 0; d < whole.shape().dimensions(); d++) {
          String column = ":, " + d + ":" + (d + 1);
          NDList one = new NDList();
          given.forEach(array -> one.add(array.get(column)));
          sum += value(single, x.get(column), one);
        }
        double together = value(whole, x, given);

        assertThat(together)
            .withFailMessage(
                "logProb of %d values is %s, but the values one by one sum to %s: sum over the last"
                    + " axis, do not average",
                whole.shape().dimensions(), together, sum)
            .isCloseTo(sum, within(1e-4 * (1 + Math.abs(sum))));
      }
    }
  }

  private static double value(Bench<Likelihood> bench, NDArray x, NDList given) {
    return Arrays64.values(bench.component().logProb(x, given, bench.inference()))[0];
  }

  @Test
  final void probabilitiesAddUpToOne() {
    assumeTrue(isNormalised(), "isNormalised() is false");
    try (Bench<Likelihood> bench = sound(oneValue())) {
      for (int setting = 0; setting < SETTINGS; setting++) {
        ValueDistribution one = new ValueDistribution(bench, setting);
        if (isDensity()) {
          Results.normalised(one.density(), "logProb(x)");
          continue;
        }
        double sum = Arrays.stream(one.probabilities()).sum();
        assertThat(Math.abs(sum - 1) <= 1e-4)
            .withFailMessage(
                "exp(logProb(x)) sums to %s over the values of %s data, not to 1 (if it is a density,"
                    + " override isDensity())",
                sum, support())
            .isTrue();
      }
    }
  }

  @Test
  final void samplesFollowTheProbabilities() {
    assumeTrue(samplesFollowLogProb(), "samplesFollowLogProb() is false");
    try (Bench<Likelihood> bench = sound(oneValue())) {
      for (int setting = 0; setting < SETTINGS; setting++) {
        ValueDistribution one = new ValueDistribution(bench, setting);
        if (isDensity()) {
          Results.follows(one.density(), one.sample(), "logProb(x)");
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
        ValueDistribution one = new ValueDistribution(bench, setting);
        double expected = one.expectation(isDensity());
        // half a grey level may be lost where the exact mean is costly
        double rounding = support() == Support.PIXEL_256 ? 1.0 / 512 : 1e-3;

        assertThat(Math.abs(one.mean() - expected) <= rounding * (1 + Math.abs(expected)))
            .withFailMessage(
                "mean is %s, but the expectation under exp(logProb(x)) is %s", one.mean(), expected)
            .isTrue();
      }
    }
  }

  private ModelShape oneValue() {
    return new ModelShape(new DataShape(1, 1, 1), support(), latentSize());
  }
}
