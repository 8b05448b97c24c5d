package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.files.DurableFiles;
import org.largevae.api.files.Sha256;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.core.training.TrainingListener;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.VampPrior;

/** A training that starts from the weights of another and keeps some of them. */
class TwoStageTrainingTest {
  @TempDir private Path temporary;
  private Path first;
  private Map<String, float[]> weights;

  @BeforeEach
  void firstStage() {
    first = temporary.resolve("first");
    try (TrainedVae trained = SmallVae.trainer(SmallVae.create()).folder(first).train()) {
      weights = SmallVae.parameters(trained);
    }
  }

  private static Vae second() {
    return SmallVae.create(new VampPrior(SmallVae.SHAPE, 4));
  }

  private VaeTrainer trainer() {
    return SmallVae.trainer(second()).startFrom(first).frozen("encoder", "decoder");
  }

  @Test
  void frozenComponentsKeepTheirWeightsBitByBitAndTheOthersAreTrained() {
    List<String> phases = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onPhase(String description) {
            phases.add(description);
          }
        };
    float[] start;
    try (TrainedVae untrained = SmallVae.trainer(second()).learningRate(1e-30).epochs(1).train()) {
      start = SmallVae.parameters(untrained).get("prior.pseudo_inputs");
    }
    try (TrainedVae trained = trainer().listener(listener).train()) {
      Map<String, float[]> found = SmallVae.parameters(trained);
      assertThat(found.keySet()).containsAll(weights.keySet()).contains("prior.pseudo_inputs");
      weights.forEach(
          (name, values) -> assertThat(found.get(name)).as(name).containsExactly(values));
      assertThat(found.get("prior.pseudo_inputs")).isNotEqualTo(start);
    }
    assertThat(phases).contains("starting from " + first + ": encoder, decoder; anew: prior");
  }

  @Test
  void withoutFreezingTheWeightsAreOnlyTheStart() {
    try (TrainedVae trained =
        SmallVae.trainer(second()).startFrom(first).learningRate(1e-30).epochs(1).train()) {
      Map<String, float[]> found = SmallVae.parameters(trained);
      weights.forEach(
          (name, values) -> assertThat(found.get(name)).as(name).containsExactly(values));
    }
    try (TrainedVae trained = SmallVae.trainer(second()).startFrom(first).train()) {
      Map<String, float[]> found = SmallVae.parameters(trained);
      assertThat(weights.keySet())
          .anyMatch(name -> !Arrays.equals(found.get(name), weights.get(name)));
    }
  }

  @Test
  void provenanceSaysFromWhichWeightsItStarted() throws IOException {
    Path folder = temporary.resolve("second");
    trainer().folder(folder).train().close();
    String sha256 =
        Sha256.hex(Files.readAllBytes(SmallVae.checkpoint(first).resolve("best.safetensors")));
    for (int epochs : new int[] {3, 4}) {
      trainer().folder(folder).resume().epochs(epochs).train().close();
      assertThat(folder.resolve("provenance.json"))
          .content()
          .contains("\"start-from\"", "\"folder\": \"" + first + "\"")
          .contains("\"weights-sha256\": \"" + sha256 + "\"");
    }
  }

  @Test
  void resumedTrainingEndsWithEqualWeightsWithoutTheFirstFolder() throws IOException {
    Path whole = temporary.resolve("whole");
    Path parted = temporary.resolve("parted");
    trainer().folder(whole).train().close();
    interrupt(trainer().folder(parted), 3);
    DurableFiles.deleteFolder(first);
    interrupt(trainer().folder(parted).resume(), 5);
    trainer().folder(parted).resume().train().close();
    for (String file :
        new String[] {"weights.safetensors", "best.safetensors", "optimizer.safetensors"}) {
      assertThat(SmallVae.checkpoint(parted).resolve(file))
          .hasSameBinaryContentAs(SmallVae.checkpoint(whole).resolve(file));
    }
    assertThat(SmallVae.checkpoint(whole).resolve("optimizer.safetensors"))
        .content(StandardCharsets.ISO_8859_1)
        .contains("prior.pseudo_inputs")
        .doesNotContain("encoder");
  }

  @Test
  void changedFirstRunIsNoticedWhileItIsNeeded() throws IOException {
    Path folder = temporary.resolve("second");
    interrupt(trainer().folder(folder), 1);
    // as if it had been ended before its first checkpoint
    DurableFiles.deleteFolder(folder.resolve("checkpoints"));
    SmallVae.trainer(SmallVae.create()).folder(first).resume().epochs(5).train().close();

    assertThatThrownBy(() -> trainer().folder(folder).resume().train())
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            folder + ": was begun from the weights of " + first + ", which have changed since:")
        .hasMessageEndingWith("; begin a new run");
  }

  @Test
  void stateOfFrozenComponentStandsStill() {
    Path folder = temporary.resolve("drifting");
    Map<String, float[]> drifted;
    try (TrainedVae trained =
        SmallVae.trainer(SmallVae.create(new DriftingPrior())).folder(folder).train()) {
      drifted = SmallVae.parameters(trained);
      assertThat(drifted.get("prior.drift")).isNotEqualTo(new float[2]);
    }
    try (TrainedVae trained =
        SmallVae.trainer(SmallVae.create(new DriftingPrior()))
            .startFrom(folder)
            .frozen("prior")
            .train()) {
      assertThat(SmallVae.parameters(trained).get("prior.drift"))
          .containsExactly(drifted.get("prior.drift"));
    }
  }

  @Test
  void componentsThatWereFrozenCanBeTrainedAgain() {
    Vae vae = second();
    SmallVae.trainer(vae).startFrom(first).frozen("encoder", "decoder").train().close();
    try (TrainedVae trained = SmallVae.trainer(vae).startFrom(first).train()) {
      Map<String, float[]> found = SmallVae.parameters(trained);
      assertThat(weights.entrySet())
          .filteredOn(entry -> entry.getKey().startsWith("encoder"))
          .anyMatch(entry -> !Arrays.equals(entry.getValue(), found.get(entry.getKey())));
    }
  }

  @Test
  void savedModelIsStartedFromToo() {
    Path saved = temporary.resolve("saved");
    try (TrainedVae opened = SmallVae.create().open(first, "cpu")) {
      opened.save(saved);
    }
    try (TrainedVae trained = trainer().startFrom(saved).train()) {
      Map<String, float[]> found = SmallVae.parameters(trained);
      weights.forEach(
          (name, values) -> assertThat(found.get(name)).as(name).containsExactly(values));
    }
  }

  @Test
  void whatHoldsNoModelIsRefused() throws IOException {
    Path missing = temporary.resolve("missing");
    refused(
        trainer().startFrom(missing),
        "training.start-from = " + missing + ": there is no such folder");
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    refused(
        trainer().startFrom(empty),
        "training.start-from = "
            + empty
            + ": is not the folder of a run or model; it has no model.json");
    DurableFiles.deleteFolder(first.resolve("checkpoints"));
    refused(
        trainer(),
        "training.start-from = " + first + ": holds a run without a checkpoint yet; resume it");
  }

  @Test
  void namesOfComponentsAreChecked() {
    refused(
        trainer().frozen("encodr"),
        "training.frozen = [encodr]: must name components of the model, which are encoder,"
            + " posterior, decoder, prior, likelihood; there is no encodr; did you mean encoder?");
    refused(
        SmallVae.trainer(SmallVae.create()).startFrom(first).frozen("encoder", "decoder"),
        "training.frozen = [encoder, decoder]: must leave something to train; no other"
            + " component has parameters");
    refused(
        SmallVae.trainer(second()).frozen("encoder"),
        "training.frozen = [encoder]: must come with training.start-from, the folder of the weights"
            + " that are kept");
  }

  @Test
  void frozenComponentComesWholeFromTheFirstStage() {
    refused(
        trainer().frozen("prior"),
        "training.frozen = [prior]: the prior cannot be kept, since it is VampPrior and that of "
            + first
            + " is StandardPrior; choose the same, or train it");
    Vae wider =
        Vae.of(
            SmallVae.SHAPE,
            new GatedMlpEncoder(SmallVae.SHAPE, 6),
            new VampPrior(SmallVae.SHAPE, 4),
            new GatedMlpDecoder(SmallVae.SHAPE, new Gaussian(SmallVae.DATA), 5));
    assertThatThrownBy(SmallVae.trainer(wider).startFrom(first).frozen("encoder", "decoder")::train)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "training.frozen = [encoder, decoder]: the encoder cannot be kept, since "
                + first
                + " lacks its encoder.")
        .hasMessageEndingWith(
            " in these shapes; give model.encoder the settings of that run, or train it");
    SmallVae.trainer(wider).startFrom(first).frozen("decoder").train().close();
  }

  @Test
  void modelOfOtherDataOrLatentsIsRefused() {
    ModelShape three = ModelShape.of(SmallVae.DATA, 3);
    refused(
        SmallVae.trainer(vae(three)).startFrom(first),
        "training.start-from = "
            + first
            + ": holds a model with latents of the sizes [2], not [3]");
    DataDescription other = DataDescription.of(new DataShape(1, 2, 2), ValueKinds.REAL);
    assertThatThrownBy(SmallVae.trainer(vae(ModelShape.of(other, 2))).startFrom(first)::train)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "training.start-from = " + first + ": holds a model of other data;");
  }

  private static Vae vae(ModelShape shape) {
    return Vae.of(
        shape,
        new GatedMlpEncoder(shape, 5),
        new StandardPrior(shape),
        new GatedMlpDecoder(shape, new Gaussian(shape.data()), 5));
  }

  @Test
  void otherExamplesAreRefused() {
    refused(
        trainer().seed(2).validationFraction(0.2),
        "training.start-from = "
            + first
            + ": was trained with other examples held back for validation: seed was 1 and is 2,"
            + " validation-fraction was 0.1 and is 0.2; set these alike");
    assertThatThrownBy(
            second().trainer(SmallVae.examples(40, 2)).startFrom(first).device("cpu")::train)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(first + ": its data have changed since it was begun");
  }

  private static void refused(VaeTrainer trainer, String message) {
    assertThatThrownBy(trainer::train)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  private static void interrupt(VaeTrainer trainer, int step) {
    assertThatThrownBy(() -> trainer.cancelledBy(SmallVae.atStep(step)).train())
        .isInstanceOf(TrainingInterruptedException.class);
  }

  /** A Gaussian about a point that moves at every step and after every epoch. */
  private static final class DriftingPrior implements Prior {
    private final ParameterBlock block = new ParameterBlock();
    private final Parameter drift = block.addState("drift", new Shape(2), Initializer.ZEROS);

    @Override
    public Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public Density distribution(PriorContext context) {
      NDArray mean = context.pass().value(drift).duplicate();
      if (context.pass().isTraining()) {
        context.pass().assign(drift, mean.add(0.01f));
      }
      return new DiagonalGaussian(mean, mean.zerosLike());
    }

    @Override
    public void refresh(PriorContext context) {
      context.pass().assign(drift, context.pass().value(drift).add(0.1f));
    }
  }
}
