package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.objective.Objective;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.evaluation.Evaluator;
import org.largevae.core.folder.RunRecords;
import org.largevae.core.model.HierarchicalVae;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.objective.ElboObjective;
import org.largevae.core.objective.ElboSettings;
import org.largevae.core.objective.FreeBitsObjective;
import org.largevae.core.objective.FreeBitsSettings;
import org.largevae.core.objective.IwaeObjective;
import org.largevae.core.preparation.Examples;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.LevelKl;
import org.largevae.core.results.LevelResult;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.testing.TinyModels;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpConditionalPrior;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.StandardPrior;

/** What is measured, trained, kept and written of a model with two levels. */
class LevelsTest {
  private static final ModelShape TOP = ModelShape.of(SmallVae.DATA, 2);
  private static final ModelShape LOWEST = ModelShape.of(SmallVae.DATA, 3, List.of(2));
  private static final int EXAMPLES = 400;

  @TempDir private Path temporary;

  private static Vae trainable() {
    return Vae.of(
        new HierarchicalVae(
            SmallVae.DATA,
            List.of(2, 3),
            List.of(new GatedMlpEncoder(TOP, 5), new GatedMlpEncoder(LOWEST, 5)),
            new StandardPrior(TOP),
            List.of(new GatedMlpConditionalPrior(LOWEST, 5)),
            new GatedMlpDecoder(LOWEST, new Gaussian(SmallVae.DATA), 5)));
  }

  /**
   * q(z2|x) = N(top x_0, 1), q(z1|x, z2) = N(z2 + lowest x_1, 1), p(z1|z2) = N(z2, 1): KL is half
   * the square of what x adds.
   */
  private static HierarchicalVae linear(double top, double lowest) {
    ModelShape one = ModelShape.of(SmallVae.DATA, 1);
    return new HierarchicalVae(
        SmallVae.DATA,
        List.of(1, 1),
        List.of(
            (batch, above, pass) -> gaussian(Tensors.multiply(column(batch.x(), 0), top)),
            (batch, above, pass) ->
                gaussian(above.lowest().add(Tensors.multiply(column(batch.x(), 1), lowest)))),
        new StandardPrior(one),
        List.of((above, pass) -> gaussian(above.lowest())),
        new GatedMlpDecoder(
            ModelShape.of(SmallVae.DATA, 1, List.of(1)), new Gaussian(SmallVae.DATA), 3));
  }

  private static NDArray column(NDArray x, int index) {
    return x.get(new NDIndex(":, " + index + ":" + (index + 1)));
  }

  private static DiagonalGaussian gaussian(NDArray mean) {
    return new DiagonalGaussian(mean, mean.zerosLike());
  }

  private static PartitionResult evaluate(double top, double lowest, int count) {
    float[][] rows = SmallVae.examples(count, 3);
    float[] values = new float[count * SmallVae.DIMENSIONS];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows[i], 0, values, i * SmallVae.DIMENSIONS, SmallVae.DIMENSIONS);
    }
    Examples examples = new Examples(count, SmallVae.DIMENSIONS, values);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      ResidentExamples data = ResidentExamples.of(manager, examples, false);
      try (ParameterizedModel model = TinyModels.started(linear(top, lowest), data, 1)) {
        return Evaluator.evaluate(model, data, 100, 2000, 1, done -> {}).result();
      }
    }
  }

  private static double halfMeanSquare(int column, double factor) {
    return Stream.of(SmallVae.examples(EXAMPLES, 3))
        .mapToDouble(row -> factor * factor * row[column] * row[column] / 2)
        .average()
        .orElseThrow();
  }

  @Test
  void divergenceAndActiveUnitsAreThoseOfTheClosedForm() {
    PartitionResult result = evaluate(1, 2, EXAMPLES);
    List<LevelResult> levels = result.levels();
    assertThat(levels).extracting(LevelResult::level).containsExactly(2, 1);
    assertThat(levels).extracting(LevelResult::activeUnits).containsExactly(1, 1);
    // the terms' standard deviation at an example is the size of what x adds, at most about 3
    double error = 4 * 3 / Math.sqrt(100.0 * EXAMPLES);
    assertThat(levels.get(0).kl()).isCloseTo(halfMeanSquare(0, 1), within(error));
    assertThat(levels.get(1).kl()).isCloseTo(halfMeanSquare(1, 2), within(error));
    assertThat(levels.get(0).kl() + levels.get(1).kl()).isCloseTo(result.kl(), within(1e-5));
    assertThat(result.activeUnits()).isEqualTo(2);
    assertThat(result.collapsedLevels()).isEmpty();
  }

  /** The mean of 16 draws of the latent above varies by 1/16 from example to example. */
  @Test
  void whatTheLatentsAboveScatterIsNoActivity() {
    PartitionResult result = evaluate(0, 0, EXAMPLES);
    assertThat(result.levels()).extracting(LevelResult::activeUnits).containsExactly(0, 0);
    assertThat(result.isCollapsed()).isTrue();
    PartitionResult lowest = evaluate(0, 1, EXAMPLES);
    assertThat(lowest.levels()).extracting(LevelResult::activeUnits).containsExactly(0, 1);
    assertThat(lowest.collapsedLevels()).extracting(LevelResult::level).containsExactly(2);
  }

  @Test
  void fewExamplesHaveNoActiveUnitsOfALevel() {
    PartitionResult result = evaluate(1, 1, 9);
    assertThat(result.activeUnits()).isNull();
    assertThat(result.levels()).extracting(LevelResult::activeUnits).containsOnlyNulls();
  }

  @Test
  void metricsHaveTheDivergenceOfEachLevelAlsoWhenResumed() throws IOException {
    Path whole = temporary.resolve("whole");
    Path parted = temporary.resolve("parted");
    SmallVae.trainer(trainable()).folder(whole).train().close();
    assertThatThrownBy(
            () ->
                SmallVae.trainer(trainable())
                    .folder(parted)
                    .cancelledBy(SmallVae.atStep(6))
                    .train())
        .isInstanceOf(org.largevae.core.training.TrainingInterruptedException.class);
    SmallVae.trainer(trainable()).folder(parted).resume().train().close();
    assertThat(Files.readAllLines(whole.resolve(RunRecords.METRICS)).get(0))
        .endsWith("seconds,training-kl-2,validation-kl-2,training-kl-1,validation-kl-1");
    List<EpochMetrics> epochs = new RunRecords(whole).epochs();
    assertThat(epochs).hasSize(3);
    for (EpochMetrics epoch : epochs) {
      assertThat(epoch.levels()).extracting(LevelKl::level).containsExactly(2, 1);
      assertThat(epoch.levels().stream().mapToDouble(LevelKl::training).sum())
          .isCloseTo(epoch.trainingKl(), within(1e-5));
      assertThat(epoch.levels().stream().mapToDouble(LevelKl::validation).sum())
          .isCloseTo(epoch.validationKl(), within(1e-5));
    }
    assertThat(new RunRecords(parted).epochs())
        .extracting(EpochMetrics::levels)
        .isEqualTo(epochs.stream().map(EpochMetrics::levels).toList());
  }

  @Test
  void oneLevelLeavesNoTraceInItsFiles() throws IOException {
    Path folder = temporary.resolve("one");
    SmallVae.trainer(SmallVae.create()).folder(folder).train().close();
    assertThat(Files.readString(folder.resolve(RunRecords.METRICS))).doesNotContain("kl-1");
    assertThat(SmallVae.checkpoint(folder).resolve("checkpoint.json"))
        .content()
        .doesNotContain("levels", "klSums");
  }

  static Stream<Objective> objectives() {
    return Stream.of(
        new ElboObjective(new ElboSettings(ElboSettings.Divergence.ANALYTIC)),
        new IwaeObjective(),
        new FreeBitsObjective(new FreeBitsSettings(0.5, FreeBitsSettings.Group.LATENT)),
        new FreeBitsObjective(new FreeBitsSettings(0.5, FreeBitsSettings.Group.LEVEL)));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void objectivesTakeSeveralLevels(Objective objective) {
    try (TrainedVae trained =
        SmallVae.trainer(trainable()).objective(objective).samples(2).train()) {
      assertThat(trained.latentSizes()).containsExactly(2, 3);
      assertThat(trained.latentSize()).isEqualTo(5);
      float[] example = SmallVae.examples(1, 9)[0];
      assertThat(trained.encode(example)).hasSize(5);
      assertThat(trained.decode(trained.encodeSample(example, 1))).hasSize(4);
      assertThat(trained.decode(trained.encode(example)))
          .containsExactly(trained.reconstruct(example), within(1e-5f));
      assertThat(trained.logLikelihood(example, 10, 1)).isFinite();
    }
  }

  /** The conditional prior stands in KL of level 1 alone. */
  @Test
  void levelBelowItsFreeNatsHasNoGradient() {
    Objective free = new FreeBitsObjective(new FreeBitsSettings(1e6, FreeBitsSettings.Group.LEVEL));
    Map<String, float[]> start;
    try (TrainedVae untrained =
        SmallVae.trainer(trainable()).learningRate(1e-30).epochs(1).train()) {
      start = SmallVae.parameters(untrained);
    }
    try (TrainedVae trained = SmallVae.trainer(trainable()).objective(free).train();
        TrainedVae charged = SmallVae.trainer(trainable()).train()) {
      SmallVae.parameters(trained)
          .forEach(
              (name, values) -> {
                if (name.startsWith("conditional-prior-1.")) {
                  assertThat(values).as(name).containsExactly(start.get(name));
                }
              });
      assertThat(SmallVae.parameters(charged))
          .anySatisfy(
              (name, values) -> {
                assertThat(name).startsWith("conditional-prior-1.");
                assertThat(values).isNotEqualTo(start.get(name));
              });
    }
  }

  @Test
  void nameOfAPartFreezesItAtAllLevels() {
    Path first = temporary.resolve("first");
    Map<String, float[]> weights;
    try (TrainedVae trained = SmallVae.trainer(trainable()).folder(first).train()) {
      weights = SmallVae.parameters(trained);
    }
    try (TrainedVae all = SmallVae.trainer(trainable()).startFrom(first).frozen("encoder").train();
        TrainedVae one =
            SmallVae.trainer(trainable()).startFrom(first).frozen("encoder-2").train()) {
      assertThat(kept(all, weights, "encoder-2.")).isTrue();
      assertThat(kept(all, weights, "encoder-1.")).isTrue();
      assertThat(kept(all, weights, "decoder.")).isFalse();
      assertThat(kept(one, weights, "encoder-2.")).isTrue();
      assertThat(kept(one, weights, "encoder-1.")).isFalse();
    }
    assertThatThrownBy(SmallVae.trainer(trainable()).startFrom(first).frozen("encoder-3")::train)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("which are encoder-2, ")
        .hasMessageContaining("conditional-prior-1")
        .hasMessageContaining(", and encoder, ")
        .hasMessageContaining(" of all levels; there is no encoder-3; did you mean encoder-");
  }

  private static boolean kept(TrainedVae vae, Map<String, float[]> weights, String prefix) {
    return SmallVae.parameters(vae).entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .allMatch(entry -> java.util.Arrays.equals(entry.getValue(), weights.get(entry.getKey())));
  }
}
