package org.largevae.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.largevae.core.model.LadderTestBed.DATA;
import static org.largevae.core.model.LadderTestBed.doubles;
import static org.largevae.core.model.LadderTestBed.examples;
import static org.largevae.core.model.LadderTestBed.noise;
import static org.largevae.core.model.LadderTestBed.set;
import static org.largevae.core.model.LadderTestBed.settings;
import static org.largevae.core.model.LadderTestBed.standard;
import static org.largevae.core.model.LadderTestBed.started;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Latents;
import org.largevae.api.model.Bound;
import org.largevae.likelihoods.Bernoulli;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpConditionalPrior;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.networks.ladder.LadderVae;
import org.largevae.networks.ladder.LadderVaeSettings;
import org.largevae.networks.ladder.LadderVaeSettings.PriorLevels;
import org.largevae.networks.ladder.Merge;
import org.largevae.priors.StandardPrior;

/** Ladders beside the models that they are with one and with two levels, and their merges. */
class LadderVaeTest {
  private static final List<Integer> TWO = List.of(2, 3);
  private static final List<Integer> HIDDEN = List.of(4, 5);

  @Test
  void defaultSizesHaveThePapersNumberOfParameters() {
    DataDescription data = DataDescription.of(new DataShape(1, 28, 28), ValueKinds.BINARY);
    LadderVaeSettings settings =
        LadderVaeSettings.of(List.of(4, 8, 16, 32, 64), List.of(32, 64, 128, 256, 512));
    LadderVae model =
        new LadderVae(
            settings,
            data,
            new StandardPrior(ModelShape.of(data, 4)),
            new GatedMlpDecoder(ModelShape.of(data, 64), new Bernoulli(data), 512, 512));

    long[] up = {6_536, 25_872, 102_944, 410_688, 1_394_816};
    long[] down = new long[5];
    for (int level = 0; level < 5; level++) {
      int first = level == 0 ? 1 : 4 * level - 1;
      assertThat(
              count(model, "ladder", name -> name.startsWith(number(first, "up")))
                  + count(
                      model, "ladder", name -> name.startsWith(number(first + 1, "recognition"))))
          .as("level %d of the way up", level)
          .isEqualTo(up[level]);
      if (level > 0) {
        down[level] =
            count(model, "ladder", name -> name.startsWith(number(first + 2, "down")))
                + count(model, "ladder", name -> name.startsWith(number(first + 3, "generation")));
      }
    }
    assertThat(Arrays.stream(down).sum()).isEqualTo(830_960);
    assertThat(count(model, "ladder", name -> true)).isEqualTo(1_940_856 + 830_960);
    assertThat(count(model, "decoder", name -> true)).isEqualTo(994_064);
  }

  private static String number(int child, String name) {
    return String.format(Locale.ROOT, "%02d%s", child, name);
  }

  private static long count(LadderVae model, String part, Predicate<String> names) {
    return model.components().get(part).block().orElseThrow().getParameters().stream()
        .filter(entry -> names.test(entry.getKey()))
        .mapToLong(entry -> entry.getValue().getShape().size())
        .sum();
  }

  @Test
  void withOneLevelItIsThePlainModel() {
    ModelShape shape = ModelShape.of(DATA.description(), 3);
    OneLevelVae plain =
        new OneLevelVae(
            shape,
            new GatedMlpEncoder(shape, 5, 5),
            new StandardPrior(shape),
            new GatedMlpDecoder(shape, DATA.likelihood(), 4));
    LadderVaeSettings one =
        settings(List.of(3), List.of(5), Merge.PRECISION_WEIGHTED, PriorLevels.TOP);
    try (ParameterizedModel known = started(plain, 1);
        ParameterizedModel ladder = started(standard(one), 2)) {
      copy(known, "encoder.01gated", ladder, "ladder.01up_01GatedDense");
      copy(known, "encoder.02gated", ladder, "ladder.01up_02GatedDense");
      copy(known, "encoder.heads", ladder, "ladder.02recognition_01LadderHeads");
      copy(known, "decoder.01gated", ladder, "decoder.01gated");
      copy(known, "decoder.heads", ladder, "decoder.heads");

      requireSameTerms(bound(known, 6), bound(ladder, 6));
    }
  }

  /** The hierarchy's encoders and its conditional prior have the ladder's layers. */
  @Test
  void withTwoLevelsSideBySideItIsTheHierarchy() {
    LadderVaeSettings two =
        new LadderVaeSettings(TWO, HIDDEN, 1, Merge.CONCATENATED, PriorLevels.TOP, -6, 2);
    List<ModelShape> shapes = HierarchicalVae.shapes(DATA.description(), TWO);
    HierarchicalVae hierarchy =
        new HierarchicalVae(
            DATA.description(),
            TWO,
            List.of(
                new GatedMlpEncoder(shapes.get(0), 5, 4), new GatedMlpEncoder(shapes.get(1), 5, 5)),
            new StandardPrior(shapes.get(0)),
            List.of(new GatedMlpConditionalPrior(shapes.get(1), 5)),
            new GatedMlpDecoder(shapes.get(1), DATA.likelihood(), 4, 4));
    ModelShape lowest = ModelShape.of(DATA.description(), 3);
    LadderVae model =
        new LadderVae(
            two,
            DATA.description(),
            new StandardPrior(shapes.get(0)),
            new GatedMlpDecoder(lowest, DATA.likelihood(), 4, 4));
    try (ParameterizedModel ladder = started(model, 1);
        ParameterizedModel known = started(hierarchy, 2)) {
      copy(ladder, "ladder.03up_01GatedDense", known, "encoder-2.01gated");
      copy(ladder, "ladder.01up_01GatedDense", known, "encoder-2.02gated");
      copy(ladder, "ladder.02recognition_01LadderHeads", known, "encoder-2.heads");
      copy(ladder, "ladder.03up_01GatedDense", known, "encoder-1.01gated");
      copy(ladder, "ladder.05down_01GatedDense", known, "encoder-1.02gated");
      copy(ladder, "ladder.04recognition_01GatedDense", known, "encoder-1.03gated");
      copy(ladder, "ladder.04recognition_02LadderHeads", known, "encoder-1.heads");
      copy(ladder, "ladder.05down_01GatedDense", known, "conditional-prior-1.01gated");
      copy(ladder, "ladder.06generation", known, "conditional-prior-1.heads");
      // the ladder's decoder is given the lowest level alone
      known
          .arrays()
          .get("decoder.01gated_weight")
          .subi(known.arrays().get("decoder.01gated_weight"));
      known.arrays().get("decoder.01gated_bias").subi(known.arrays().get("decoder.01gated_bias"));
      copy(ladder, "decoder.01gated", known, "decoder.02gated");
      NDArray second = ladder.arrays().get("decoder.02gated_weight");
      set(known, "decoder.03gated_weight", second.zerosLike().concat(second, 1));
      set(known, "decoder.03gated_bias", ladder.arrays().get("decoder.02gated_bias"));
      copy(ladder, "decoder.heads", known, "decoder.heads");

      requireSameTerms(bound(known, 6), bound(ladder, 6));
    }
  }

  private static void copy(
      ParameterizedModel from, String name, ParameterizedModel to, String other) {
    for (String part : List.of("_weight", "_bias")) {
      set(to, other + part, from.arrays().get(name + part));
    }
  }

  private static Bound bound(ParameterizedModel model, int count) {
    return model.begin().draw(Batch.of(examples(model, count, 5)), 3, noise(count)).bound();
  }

  private static void requireSameTerms(Bound expected, Bound found) {
    assertThat(doubles(found.reconstruction()))
        .containsExactly(doubles(expected.reconstruction()), within(1e-5));
    assertThat(found.levels()).hasSameSizeAs(expected.levels());
    for (int level = 0; level < found.levels().size(); level++) {
      Bound.Level own = found.levels().get(level);
      Bound.Level known = expected.levels().get(level);
      assertThat(doubles(own.draw().value()))
          .containsExactly(doubles(known.draw().value()), within(1e-5));
      assertThat(doubles(own.draw().logProb()))
          .containsExactly(doubles(known.draw().logProb()), within(1e-4));
      assertThat(doubles(own.logPrior())).containsExactly(doubles(known.logPrior()), within(1e-4));
    }
  }

  /** Heads of no weight say the same of every example: N(m, e^a) of each latent. */
  private static void say(ParameterizedModel model, String heads, double m, double a) {
    NDArray weight = model.arrays().get(heads + "_weight");
    weight.subi(weight.duplicate());
    float mean = (float) m;
    float log = (float) a;
    set(
        model,
        heads + "_bias",
        model.manager().create(new float[] {mean, mean, mean, log, log, log}));
  }

  private static Bound.Level lower(ParameterizedModel model) {
    return bound(model, 4).levels().get(1);
  }

  @Test
  void precisionsAddUp() {
    LadderVaeSettings settings = settings(TWO, HIDDEN, Merge.PRECISION_WEIGHTED, PriorLevels.TOP);
    try (ParameterizedModel model = started(standard(settings), 1)) {
      say(model, "ladder.04recognition_01LadderHeads", 1.5, -1);
      Bound.Level level = lower(model);
      DiagonalGaussian posterior = (DiagonalGaussian) level.posterior();
      DiagonalGaussian prior = (DiagonalGaussian) level.prior();
      double[] means = doubles(prior.mean());
      double[] logs = doubles(prior.logVariance());
      for (int i = 0; i < means.length; i++) {
        double precision = Math.exp(1) + Math.exp(-logs[i]);
        double mean = (1.5 * Math.exp(1) + means[i] * Math.exp(-logs[i])) / precision;
        assertThat(doubles(posterior.mean())[i]).isCloseTo(mean, within(1e-5));
        assertThat(doubles(posterior.logVariance())[i])
            .isCloseTo(-Math.log(precision), within(1e-5));
      }
    }
  }

  @Test
  void whereTheExampleSaysNothingThePosteriorIsThePrior() {
    LadderVaeSettings settings =
        new LadderVaeSettings(TWO, HIDDEN, 2, Merge.PRECISION_WEIGHTED, PriorLevels.TOP, -6, 80);
    try (ParameterizedModel model = started(standard(settings), 1)) {
      say(model, "ladder.04recognition_01LadderHeads", 3, 80);
      Bound.Level level = lower(model);
      DiagonalGaussian prior = (DiagonalGaussian) level.prior();
      DiagonalGaussian posterior = (DiagonalGaussian) level.posterior();
      assertThat(doubles(posterior.mean())).containsExactly(doubles(prior.mean()), within(1e-6));
      assertThat(doubles(level.kl())).containsExactly(new double[12], within(2e-4));
    }
  }

  @Test
  void residualsHaveTheirDivergence() {
    LadderVaeSettings settings = settings(TWO, HIDDEN, Merge.RESIDUAL, PriorLevels.TOP);
    double offset = 0.7;
    double logSquare = -0.9;
    try (ParameterizedModel model = started(standard(settings), 1)) {
      say(model, "ladder.04recognition_02LadderHeads", offset, logSquare);
      Bound.Level level = lower(model);
      DiagonalGaussian prior = (DiagonalGaussian) level.prior();
      double[] found = doubles(level.posterior().divergence(prior).orElseThrow());
      double[] logs = doubles(prior.logVariance());
      for (int row = 0; row < found.length; row++) {
        double expected = 0;
        for (int m = 0; m < 3; m++) {
          expected +=
              (offset * offset / Math.exp(logs[3 * row + m]) + Math.exp(logSquare) - logSquare - 1)
                  / 2;
        }
        assertThat(found[row]).isCloseTo(expected, within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Merge.class)
  void whatIsDrawnForAnExampleDoesNotDependOnOthers(Merge merge) {
    LadderVaeSettings settings = settings(TWO, HIDDEN, merge, PriorLevels.TOP);
    try (ParameterizedModel model = started(standard(settings), 1)) {
      NDArray x = examples(model, 4, 5);
      Latents together = model.begin().draw(Batch.of(x), 2, noise(4)).latents();
      Latents again = model.begin().draw(Batch.of(x), 2, noise(4)).latents();
      Latents alone = model.begin().draw(Batch.of(x.get("0:1")), 2, noise(1)).latents();
      Latents encoded = model.begin().encode(Batch.of(x));
      for (int level = 0; level < 2; level++) {
        NDArray all = together.levels().get(level);
        assertThat(again.levels().get(level)).isEqualTo(all);
        assertThat(doubles(alone.levels().get(level)))
            .containsExactly(doubles(all.get(":, 0:1")), within(1e-5));
        assertThat(encoded.levels().get(level).getShape().get(1)).isEqualTo((long) TWO.get(level));
      }
      assertThat(model.begin().decode(encoded).batch().get(0)).isEqualTo(4);
    }
  }

  @Test
  void likelihoodThatIsNoneForTheDataIsRefused() {
    ModelShape shape = ModelShape.of(DATA.description(), 3);
    DataDescription real = DataDescription.of(new DataShape(1, 2, 3), ValueKinds.REAL);
    GatedMlpDecoder decoder = new GatedMlpDecoder(shape, new Gaussian(real), 4);
    LadderVaeSettings one = LadderVaeSettings.of(List.of(3), List.of(5));
    DataDescription counts = DataDescription.of(new DataShape(1, 2, 3), ValueKinds.COUNT);
    assertThatThrownBy(() -> new LadderVae(one, counts, new StandardPrior(shape), decoder))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "Gaussian is not a likelihood of count values; choose another, or describe the data"
                + " otherwise");
  }
}
