package org.largevae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.LeaveOneOut;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.prior.Prior;
import org.largevae.testkit.GradientCheck;

/** The aggregated posterior and the exemplar prior, and what a VampPrior has of them. */
class ExemplarPriorsTest {
  private static final int DIMENSIONS = 4;
  private static final int LATENTS = 2;
  private static final ModelShape SHAPE =
      ModelShape.of(DataDescription.of(new DataShape(1, 2, 2), ValueKinds.REAL), LATENTS);

  private NDManager manager;
  private NDArray examples;
  private Encoders.Linear encoder;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(5);
    use(30);
    encoder = new Encoders.Linear(normal(DIMENSIONS, LATENTS), normal(DIMENSIONS, LATENTS));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray normal(long... shape) {
    return manager.randomNormal(0, 1, new Shape(shape), DataType.FLOAT32);
  }

  private void use(int count) {
    examples = normal(count, DIMENSIONS);
  }

  private record ManyExamples(NDManager manager, long trainingSize) implements Start {
    @Override
    public NDArray trainingExamples(int count) {
      throw new AssertionError("no examples are drawn");
    }
  }

  private ExemplarContext context(Pass pass, long... places) {
    Optional<NDArray> batch =
        places.length == 0 ? Optional.empty() : Optional.of(manager.create(places));
    return new ExemplarContext(pass, encoder, examples, batch);
  }

  private Pass training() {
    return Pass.training(manager);
  }

  private Pass inference() {
    return Pass.inference(manager);
  }

  /** With a start, and encodings of the present encoder. */
  private <P extends Prior> P ready(P prior) {
    prior.initialize(new ManyExamples(manager, examples.getShape().get(0)));
    prior.refresh(context(inference()));
    return prior;
  }

  private AggregatedPosterior aggregated(int exemplars, int neighbours, boolean leaveOneOut) {
    return ready(
        new AggregatedPosterior(new ExemplarSettings(exemplars, neighbours, leaveOneOut), SHAPE));
  }

  private ExemplarPrior exemplar(int exemplars, int neighbours, boolean leaveOneOut) {
    return ready(
        new ExemplarPrior(new ExemplarSettings(exemplars, neighbours, leaveOneOut), SHAPE));
  }

  private VampPrior vampPriorOfAll(int neighbours) {
    int count = (int) examples.getShape().get(0);
    VampPrior prior = new VampPrior(VampPriorSettings.of(count).withNeighbours(neighbours), SHAPE);
    prior.initialize(new ManyExamples(manager, count));
    prior
        .block()
        .orElseThrow()
        .getParameters()
        .get("pseudo_inputs")
        .getArray()
        .set(new NDIndex("..."), examples);
    prior.refresh(context(inference()));
    return prior;
  }

  private static double[] doubles(NDArray array) {
    return array.toType(DataType.FLOAT64, false).toDoubleArray();
  }

  @Test
  void vampPriorOfAllExamplesIsTheAggregatedPosteriorBitForBit() {
    NDArray z = normal(3, 7, LATENTS);
    VampPrior vampPrior = vampPriorOfAll(0);
    AggregatedPosterior all = aggregated(0, 0, false);
    for (Pass pass : List.of(training(), inference())) {
      assertThat(doubles(all.distribution(context(pass)).logProb(z)))
          .containsExactly(doubles(vampPrior.distribution(context(pass)).logProb(z)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void leaveOneOutIsTheMixtureOfTheOthers(int count) {
    use(count);
    ExemplarPrior prior = exemplar(0, 0, true);
    NDArray logVariance =
        prior.block().orElseThrow().getParameters().get("log_variance").getArray();
    logVariance.set(new NDIndex("..."), -0.7f);
    long[] places = {1, 0};
    NDArray z = normal(2, LATENTS);
    double[] values = doubles(z);
    double[] means = doubles(examples.matMul(encoder.meanWeights()));
    double[] expected = new double[2];
    for (int row = 0; row < 2; row++) {
      double sum = 0;
      for (int n = 0; n < count; n++) {
        double squares = 0;
        for (int m = 0; m < LATENTS; m++) {
          squares += Math.pow(values[row * LATENTS + m] - means[n * LATENTS + m], 2);
        }
        double density = Math.exp(-0.5 * squares / Math.exp(-0.7)) / (2 * Math.PI * Math.exp(-0.7));
        sum += n == places[row] ? 0 : density;
      }
      expected[row] = Math.log(sum / (count - 1));
    }
    for (Pass pass : List.of(training(), inference())) {
      Density others = prior.distribution(context(pass, places));
      assertThat(others.batch()).isEqualTo(new Shape(2));
      assertThat(doubles(others.logProb(z))).containsExactly(expected, within(1e-5));
    }
    // one neighbour is all there is of two, and of three a bound
    double[] bound =
        doubles(exemplar(0, 1, true).distribution(context(training(), places)).logProb(z));
    if (count == 2) {
      logVariance.set(new NDIndex("..."), 0f);
      double[] whole = doubles(prior.distribution(context(training(), places)).logProb(z));
      assertThat(bound).containsExactly(whole, within(1e-5));
    }
  }

  @Test
  void whatIsNoExemplarLeavesNothingOut() {
    AggregatedPosterior leaving = aggregated(0, 0, true);
    AggregatedPosterior whole = aggregated(0, 0, false);
    NDArray z = normal(2, LATENTS);
    double[] all = doubles(whole.distribution(context(inference())).logProb(z));

    // no batch, a batch without places, and one of none of the examples
    assertThat(doubles(leaving.distribution(context(inference())).logProb(z))).containsExactly(all);
    assertThat(doubles(leaving.distribution(context(inference(), -1, -1)).logProb(z)))
        .containsExactly(all);
    double[] mixed = doubles(leaving.distribution(context(inference(), -1, 4)).logProb(z));
    assertThat(mixed[0]).isEqualTo(all[0], within(1e-12));
    assertThat(mixed[1]).isNotEqualTo(all[1]);
    assertThat(leaving.dependsOnBatch()).isTrue();
    assertThat(whole.dependsOnBatch()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void neighboursBoundTheMixtureFromBelowAndMoreOfThemBetter(boolean leaveOneOut) {
    long[] places = {3, 17, 29, 0, 8};
    NDArray z = normal(6, places.length, LATENTS);
    int count = (int) examples.getShape().get(0);
    double[] full =
        doubles(aggregated(0, 0, leaveOneOut).distribution(context(training(), places)).logProb(z));
    // encodings of another encoder: what is found near may be far, but the bound holds
    Encoders.Linear present = encoder;
    for (boolean stale : new boolean[] {false, true}) {
      double[] before = null;
      for (int k = 1; k <= count; k++) {
        encoder =
            stale
                ? new Encoders.Linear(present.meanWeights().neg(), present.logVarianceWeights())
                : present;
        AggregatedPosterior prior = aggregated(0, k, leaveOneOut);
        encoder = present;
        Density nearest = prior.distribution(context(training(), places));
        assertThat(nearest.kind())
            .isEqualTo(k == count ? Density.Kind.EXACT : Density.Kind.LOWER_BOUND);
        double[] found = doubles(nearest.logProb(z));
        for (int i = 0; i < found.length; i++) {
          assertThat(found[i]).isLessThanOrEqualTo(full[i] + 1e-9);
          assertThat(found[i]).isGreaterThanOrEqualTo(before == null ? -1e9 : before[i] - 1e-9);
        }
        before = found;
      }
      assertThat(before).containsExactly(full, within(1e-12));
    }
  }

  @Test
  void oneNeighbourOfOneValueIsItsTermAlone() {
    NDArray z = normal(1, LATENTS);
    double[] each = doubles(encoder.apply(examples).logProbPairwise(z));
    double best = java.util.Arrays.stream(each).max().orElseThrow();

    double found = doubles(aggregated(0, 1, false).distribution(context(training())).logProb(z))[0];

    assertThat(found).isEqualTo(best - Math.log(each.length), within(1e-9));
  }

  @Test
  void vampPriorTrainsOnTheNearestPseudoInputsAlone() {
    NDArray z = normal(9, LATENTS);
    double[] full = doubles(vampPriorOfAll(0).distribution(context(training())).logProb(z));
    double[] before = null;
    for (int k : new int[] {1, 2, 5, 30}) {
      VampPrior prior = vampPriorOfAll(k);
      double[] found = doubles(prior.distribution(context(training())).logProb(z));
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isLessThanOrEqualTo(full[i] + 1e-9);
        assertThat(found[i]).isGreaterThanOrEqualTo(before == null ? -1e9 : before[i] - 1e-9);
      }
      before = found;
      assertThat(doubles(prior.distribution(context(inference())).logProb(z)))
          .containsExactly(full);
    }
    assertThat(before).containsExactly(full, within(1e-9));
  }

  @Test
  void gradientsOfNeighboursAreRightAndReachTheEncoder() {
    examples = examples.toType(DataType.FLOAT64, false);
    NDArray means = encoder.meanWeights().toType(DataType.FLOAT64, false);
    NDArray logVariances = encoder.logVarianceWeights().toType(DataType.FLOAT64, false);
    AggregatedPosterior prior = aggregatedOf32(2);
    encoder = new Encoders.Linear(means, logVariances);
    NDArray z = normal(3, LATENTS).toType(DataType.FLOAT64, false);

    GradientCheck.verify(
        List.of(z, means, logVariances),
        () -> prior.distribution(context(training(), 3, 17, -1)).logProb(z));
  }

  /** State is float32, encoded by float32 weights, whatever the examples are later. */
  private AggregatedPosterior aggregatedOf32(int neighbours) {
    NDArray precise = examples;
    examples = precise.toType(DataType.FLOAT32, false);
    AggregatedPosterior prior = aggregated(0, neighbours, true);
    examples = precise;
    return prior;
  }

  @Test
  void beforeTheFirstEpochThePriorIsStandard() {
    ExemplarPrior prior = new ExemplarPrior(new ExemplarSettings(0, 10, false), SHAPE);
    prior.initialize(new ManyExamples(manager, 30));
    NDArray z = normal(5, LATENTS);

    double[] found = doubles(prior.distribution(context(inference())).logProb(z));

    double[] standard = doubles(DiagonalGaussian.standard(manager, LATENTS).logProb(z));
    assertThat(found).containsExactly(standard, within(1e-5));
  }

  @Test
  void someExemplarsAreTheSameInEveryModel() {
    AggregatedPosterior some = aggregated(7, 0, false);
    AggregatedPosterior again = aggregated(7, 0, false);
    double[] means = doubles(state(some, "means"));
    assertThat(means).hasSize(7 * LATENTS).containsExactly(doubles(state(again, "means")));
    double[] all = doubles(encoder.apply(examples).mean());
    int found = 0;
    for (int n = 0; n < all.length && found < means.length; n += LATENTS) {
      found += Math.abs(all[n] - means[found]) < 1e-6 ? LATENTS : 0;
    }
    assertThat(found).as("rows of the encodings, in their order").isEqualTo(means.length);
    assertThat(some.distribution(context(inference()))).isInstanceOf(Mixture.class);
  }

  @Test
  void whatIsNoneOfSomeExemplarsHasThemAll() {
    AggregatedPosterior leaving = aggregated(7, 0, true);
    long[] places = new long[30];
    java.util.Arrays.setAll(places, i -> i);
    NDArray z = normal(30, LATENTS);
    double[] whole = doubles(aggregated(7, 0, false).distribution(context(training())).logProb(z));

    Density others = leaving.distribution(context(training(), places));

    assertThat(others).isInstanceOf(LeaveOneOut.class);
    double[] found = doubles(others.logProb(z));
    int same = 0;
    for (int i = 0; i < found.length; i++) {
      same += Math.abs(found[i] - whole[i]) < 1e-12 ? 1 : 0;
    }
    assertThat(same).isEqualTo(23);
  }

  private static NDArray state(Prior prior, String name) {
    return prior.block().orElseThrow().getParameters().get(name).getArray();
  }

  @Test
  void tooManyExemplarsOrNeighboursAreRefusedWithBothNumbers() {
    assertThatThrownBy(() -> aggregated(31, 5, false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.prior.exemplars = 31: there are only 30 training examples; set it to at most 30,"
                + " or to 0 for all");
    assertThatThrownBy(() -> exemplar(0, 31, true))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.prior.neighbours = 31: there are only 30 exemplars; set it to at most 30, or to 0"
                + " for all");
    assertThatThrownBy(() -> exemplar(4, 5, true)).hasMessageContaining("only 4 exemplars");
    use(1);
    assertThatThrownBy(() -> exemplar(0, 0, true))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("leaves nothing of the one training example");
  }

  @Test
  void leaveOneOutNeedsToKnowWhichExamplesAreTrainedOn() {
    AggregatedPosterior prior = aggregated(0, 5, true);
    assertThatThrownBy(() -> prior.distribution(context(training())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "model.prior.leave-one-out = true: each example has to leave itself");
  }

  @Test
  void posteriorsOfAnotherFamilyAreRefused() {
    AggregatedPosterior prior = aggregated(0, 5, false);
    Function<NDArray, Density> mixtures = x -> Mixture.uniform(encoder.apply(x));
    assertThatThrownBy(
            () ->
                prior.refresh(
                    new ExemplarContext(inference(), mixtures, examples, Optional.empty())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("but the encoder's are Mixture");
  }
}
