package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.NormalInitializer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.Prior;
import org.largevae.core.objective.IwaeObjective;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.VampPrior;
import org.largevae.priors.VampPriorSettings;

/** The library without configuration, from components of one's own to the model in use. */
class VaeFacadeTest {
  @TempDir private Path temporary;

  /** x times a matrix, and nothing else. */
  private static final class OwnEncoder implements Encoder {
    private final ParameterBlock block = new ParameterBlock();
    private final Parameter weight =
        block.add("weight", new Shape(SmallVae.DIMENSIONS, 2), new NormalInitializer(0.1f));

    @Override
    public Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public Distribution encode(Batch batch, Latents above, Pass pass) {
      NDArray mean = batch.x().matMul(pass.value(weight));
      return new DiagonalGaussian(mean, mean.zerosLike().sub(2));
    }
  }

  private static final class OwnDecoder implements Decoder {
    private final ParameterBlock block = new ParameterBlock();
    private final Parameter weight =
        block.add("weight", new Shape(2, SmallVae.DIMENSIONS), new NormalInitializer(0.1f));
    private final Likelihood likelihood = new OwnLikelihood();

    @Override
    public Likelihood likelihood() {
      return likelihood;
    }

    @Override
    public Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public Density decode(Latents latents, Pass pass) {
      return likelihood.of(latents.lowest().matMul(pass.value(weight)), pass);
    }
  }

  private static final class OwnLikelihood implements Likelihood {
    @Override
    public Shape parameters() {
      return new Shape(SmallVae.DIMENSIONS);
    }

    @Override
    public boolean supports(ValueKind kind) {
      return kind.equals(ValueKinds.REAL);
    }

    @Override
    public Density of(NDArray parameters, Pass pass) {
      return new DiagonalGaussian(parameters, parameters.zerosLike());
    }
  }

  /** Its prior is a lambda, which has another name in each process. */
  private static Vae own() {
    return Vae.of(
        SmallVae.SHAPE,
        new OwnEncoder(),
        context -> DiagonalGaussian.standard(context.pass().manager(), 2),
        new OwnDecoder());
  }

  @Test
  void ownComponentsAreTrainedSavedOpenedAndUsedWithoutRegistration() {
    Path run = temporary.resolve("run");
    Path saved = temporary.resolve("saved");
    float[][] examples = SmallVae.examples(6, 2);
    float[][] encoded;
    double[] bounds;
    try (TrainedVae trained = SmallVae.trainer(own()).folder(run).train()) {
      encoded = trained.encode(examples);
      bounds = trained.elbo(examples, 5, 1);
      trained.save(saved);
    }
    for (Path folder : new Path[] {run, saved}) {
      try (TrainedVae opened = own().open(folder, "cpu")) {
        assertThat(opened.encode(examples)).isDeepEqualTo(encoded);
        assertThat(opened.elbo(examples, 5, 1)).containsExactly(bounds);
        assertThat(opened.sample(3, 1)).hasDimensions(3, SmallVae.DIMENSIONS);
        assertThat(opened.data()).isEqualTo(SmallVae.DATA);
      }
    }
  }

  @Test
  void lambdaHasOneNameInEveryProcess() throws IOException {
    Path folder = temporary.resolve("run");
    SmallVae.trainer(own()).folder(folder).train().close();
    assertThat(Files.readString(folder.resolve("model.json")))
        .contains("\"prior\": \"VaeFacadeTest$$Lambda\"");
  }

  @Test
  void componentsOfAnOpenModelCannotBeUsedAgain() {
    Vae vae = own();
    Path folder = temporary.resolve("run");
    try (TrainedVae trained = SmallVae.trainer(vae).folder(folder).train()) {
      String sentence =
          "the encoder belongs to a model that is open already; close that one, or make new"
              + " components";
      assertThatThrownBy(() -> SmallVae.trainer(vae).folder(temporary.resolve("new")).train())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(sentence);
      assertThat(temporary.resolve("new")).doesNotExist();
      assertThatThrownBy(() -> vae.open(folder, "cpu"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(sentence);
      assertThat(trained.encode(SmallVae.examples(1, 1)[0])).hasSize(2);
    }
    try (TrainedVae opened = vae.open(folder, "cpu")) {
      assertThat(opened.encode(SmallVae.examples(1, 1)[0])).hasSize(2);
    }
  }

  @Test
  void componentsAreFreeAgainAfterFailureToStart() {
    VampPriorSettings fromData =
        new VampPriorSettings(
            50, VampPriorSettings.Init.TRAINING_DATA, 0, 1, 0, GradientRule.OPTIMIZER);
    Vae vae = SmallVae.create(new VampPrior(fromData, SmallVae.SHAPE));
    assertThatThrownBy(() -> SmallVae.trainer(vae).train())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageMatching(
            "model.prior.pseudo-inputs = 50: 50 training examples were asked for as a start, but"
                + " there are only \\d+; set fewer, or model.prior.init = normal");
    vae.trainer(SmallVae.examples(80, 1)).device("cpu").epochs(1).train().close();
  }

  @Test
  void otherComponentsThanTheSavedAreRefused() {
    Path folder = temporary.resolve("run");
    SmallVae.trainer(SmallVae.create()).folder(folder).train().close();
    Vae other = SmallVae.create(new VampPrior(SmallVae.SHAPE, 3));
    assertThatThrownBy(() -> other.open(folder, "cpu"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(folder + ": holds a model of other components: ")
        .hasMessageContaining("its prior is StandardPrior, not VampPrior");
    assertThatThrownBy(() -> SmallVae.trainer(other).folder(folder).resume().train())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds a model of other components");
  }

  @Test
  void otherSizesAndDataThanTheSavedAreRefused() {
    Path folder = temporary.resolve("run");
    SmallVae.trainer(SmallVae.create()).folder(folder).train().close();
    assertThatThrownBy(() -> of(ModelShape.of(SmallVae.DATA, 3)).open(folder, "cpu"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(folder + ": holds a model with latents of the sizes [2], not [3]");
    DataDescription grey = DataDescription.of(new DataShape(1, 1, 4), ValueKinds.GREY_LEVEL);
    assertThatThrownBy(() -> of(ModelShape.of(grey, 2)).open(folder, "cpu"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds a model of other data");
  }

  private static Vae of(ModelShape shape) {
    return Vae.of(
        shape,
        new GatedMlpEncoder(shape, 5),
        new StandardPrior(shape),
        new GatedMlpDecoder(shape, new Gaussian(shape.data()), 5));
  }

  private Path interrupted() {
    Path folder = temporary.resolve("interrupted");
    assertThatThrownBy(
            () ->
                SmallVae.trainer(SmallVae.create())
                    .folder(folder)
                    .cancelledBy(SmallVae.atStep(6))
                    .train())
        .isInstanceOf(TrainingInterruptedException.class);
    return folder;
  }

  @Test
  void cancelledTrainingIsResumedBitByBit() {
    Map<String, float[]> expected;
    try (TrainedVae trained = SmallVae.trainer(SmallVae.create()).train()) {
      expected = SmallVae.parameters(trained);
    }
    Path folder = interrupted();
    try (TrainedVae trained = SmallVae.trainer(SmallVae.create()).folder(folder).resume().train()) {
      SmallVae.parameters(trained)
          .forEach(
              (name, values) -> assertThat(values).as(name).containsExactly(expected.get(name)));
    }
  }

  @Test
  void otherExamplesCannotBeResumedAndBothHashesAreShown() {
    Path folder = interrupted();
    VaeTrainer other =
        SmallVae.create()
            .trainer(SmallVae.examples(40, 2))
            .device("cpu")
            .batchSize(10)
            .folder(folder)
            .resume();
    assertThatThrownBy(other::train)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder + ": its data have changed since it was begun")
        .hasMessageMatching("(?s).*in-memory was [0-9a-f]{64} and is [0-9a-f]{64}");
  }

  @Test
  void otherSettingsCannotBeResumedAndTheDifferingOnesAreNamed() {
    Path folder = interrupted();
    assertRefused(folder, t -> t.batchSize(20), "training.batch-size was 10 and is 20");
    assertRefused(
        folder,
        t -> t.learningRate(0.25),
        "training.optimizer.learning-rate was 5.0E-4 and is 0.25");
    assertRefused(
        folder,
        t -> t.seed((1L << 53) + 1).samples(3),
        "seed was 1 and is 9007199254740993, training.samples was 1 and is 3");
    assertRefused(
        folder,
        t -> t.objective(new IwaeObjective()),
        "objective was ElboObjective[settings=ElboSettings[kl=SAMPLED]] and is"
            + " IwaeObjective[settings=NoSettings[]]");
    assertRefused(folder, t -> t.validationFraction(0.2), "validation-fraction was 0.1 and is 0.2");
  }

  @Test
  void folderThatHoldsNoTrainingIsNotResumed() {
    Path saved = temporary.resolve("saved");
    try (TrainedVae trained = SmallVae.trainer(SmallVae.create()).train()) {
      trained.save(saved);
    }
    VaeTrainer trainer = SmallVae.trainer(SmallVae.create()).folder(saved);
    assertThatThrownBy(trainer::train)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(saved + ": holds another run; name another folder, or resume it");
    assertThatThrownBy(() -> trainer.resume().train())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            saved + ": holds a model, but no training of it to go on with; name another folder");
  }

  private static void assertRefused(Path folder, Consumer<VaeTrainer> change, String difference) {
    VaeTrainer trainer = SmallVae.trainer(SmallVae.create()).folder(folder).resume();
    change.accept(trainer);
    assertThatThrownBy(trainer::train)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            folder
                + ": cannot be resumed with other settings than those it was begun with: "
                + difference);
  }

  @Test
  void aBatchLargerThanTheDataIsAllOfThem() {
    Map<String, float[]> expected;
    try (TrainedVae trained = SmallVae.trainer(SmallVae.create()).batchSize(36).train()) {
      expected = SmallVae.parameters(trained);
    }
    try (TrainedVae trained =
        SmallVae.trainer(SmallVae.create()).batchSize(Integer.MAX_VALUE).train()) {
      SmallVae.parameters(trained)
          .forEach(
              (name, values) -> assertThat(values).as(name).containsExactly(expected.get(name)));
    }
  }

  @Test
  void aTrainingKilledBeforeItsRecordWasWrittenIsResumed() throws IOException {
    Path folder = temporary.resolve("run");
    SmallVae.trainer(SmallVae.create()).folder(folder).train().close();
    Files.delete(folder.resolve("provenance.json"));
    try (Stream<Path> files = Files.walk(folder.resolve("checkpoints"))) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
    SmallVae.trainer(SmallVae.create()).folder(folder).resume().train().close();
    assertThat(folder.resolve("provenance.json")).isNotEmptyFile();
  }

  @Test
  void moreEpochsAreResumed() {
    Path folder = interrupted();
    try (TrainedVae trained =
        SmallVae.trainer(SmallVae.create()).epochs(5).folder(folder).resume().train()) {
      assertThat(folder.resolve("metrics.csv")).content().hasLineCount(6);
    }
  }

  /** The examples' arrays are freed with the training; a prior is told so. */
  @Test
  void trainingExamplesAreAtHandInTrainingAlone() {
    Prior exemplars =
        context ->
            context
                .training()
                .map(
                    examples -> {
                      NDArray places = context.pass().manager().arange(0, 20, 1);
                      NDArray rows = examples.rows(places.toType(DataType.INT64, false));
                      return (Density) Mixture.uniform(context.posterior(rows));
                    })
                .orElseGet(() -> DiagonalGaussian.standard(context.pass().manager(), 2));
    try (TrainedVae trained = SmallVae.trainer(SmallVae.create(exemplars)).train()) {
      assertThat(trained.elbo(SmallVae.examples(3, 1), 2, 1)).hasSize(3).doesNotContain(Double.NaN);
    }
  }
}
