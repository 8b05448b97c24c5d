package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.tensor.ShapeException;
import org.largevae.core.testing.TinyData;
import org.largevae.core.training.DivergedException;
import org.largevae.core.training.OptimizerSettings;
import org.largevae.core.training.TrainingSettings;
import org.largevae.likelihoods.Bernoulli;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.StandardPrior;

/** What cannot be trained on, with or from, and training that ends badly. */
class VaeTrainerRefusalTest {
  @TempDir Path temporary;

  @Test
  void componentsOfAnOpenModelAreRefused() {
    Vae vae = TinyVaes.vae(TinyData.REAL);
    float[][] examples = TinyData.REAL.rows(60, 1);
    try (TrainedVae open = TinyVaes.trainer(vae, examples).train()) {
      assertThatThrownBy(() -> TinyVaes.trainer(vae, examples).train())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("belongs to a model that is open already");
      assertThat(open.encode(examples)).hasDimensions(60, 2);
    }
    TinyVaes.trainer(vae, examples).train().close();
  }

  @Test
  void divergedTrainingDoesNotClaimToHaveKeptAnything() {
    assertThatThrownBy(() -> TinyVaes.trainer(TinyData.REAL).settings(plainAdam(1e30)).train())
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("training diverged")
        .hasMessageNotContaining("kept")
        .matches(
            thrown -> ((DivergedException) thrown).kept() == DivergedException.Recovery.NOTHING);
  }

  /** At 1e16 the loss is still finite and the norm of its gradient is not; at 1e30 neither is. */
  @ParameterizedTest
  @ValueSource(floats = {1e16f, 1e30f})
  void dataThatOverflowDivergeInTheFirstStep(float size) {
    float[][] examples = TinyData.REAL.rows(60, 1);
    for (float[] example : examples) {
      for (int i = 0; i < example.length; i++) {
        example[i] *= size;
      }
    }
    assertThatThrownBy(
            () ->
                TinyVaes.trainer(TinyVaes.vae(TinyData.REAL), examples)
                    .settings(plainAdam(1e-3))
                    .train())
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining(
            size == 1e16f ? "too large or not a number" : "the reconstruction term was not finite")
        .hasMessageEndingWith("in epoch 1, step 1")
        .matches(thrown -> ((DivergedException) thrown).isAtOnce());
  }

  private static TrainingSettings plainAdam(double learningRate) {
    OptimizerSettings optimizer =
        new OptimizerSettings(OptimizerSettings.Type.ADAM, learningRate, 0.9, 0.999, 1e-8);
    return new TrainingSettings(
        3, 10, 1, 1, TrainingSettings.BetaSchedule.LINEAR, 0, 50, 0, 20, optimizer);
  }

  @Test
  void dataThatAreNoneAreRefused() {
    Vae real = TinyVaes.vae(TinyData.REAL);
    assertThatThrownBy(() -> real.trainer(new float[0][]))
        .isInstanceOf(DataException.class)
        .hasMessage("there are 0 examples; training takes at least 2, one of them for validation");
    float[][] ragged = {new float[6], new float[7]};
    assertThatThrownBy(() -> real.trainer(ragged))
        .isInstanceOf(ShapeException.class)
        .hasMessage("example 1 has 7 values, but an example of the shape 2 x 3 has 6");
    float[][] bad = {new float[6], {0, 1, 0, Float.NaN, 1, 1}};
    for (TinyData data : List.of(TinyData.REAL, TinyData.BINARY)) {
      assertThatThrownBy(() -> TinyVaes.trainer(TinyVaes.vae(data), bad).train())
          .isInstanceOf(DataException.class)
          .hasMessageContaining("value 3 of example 1 is NaN");
    }
  }

  @Test
  void badSettingsAreNamed() {
    assertRefused(trainer -> trainer.epochs(0), "epochs = 0: must be at least 1");
    assertRefused(trainer -> trainer.batchSize(0), "batch-size = 0: must be at least 1");
    assertRefused(trainer -> trainer.samples(0), "samples = 0: must be at least 1");
    assertRefused(trainer -> trainer.warmUpEpochs(-1), "warm-up-epochs = -1: must be at least 0");
    assertRefused(
        trainer -> trainer.earlyStoppingEpochs(-1),
        "early-stopping-epochs = -1: must be at least 0");
    assertRefused(trainer -> trainer.learningRate(0), "learning-rate = 0.0: must be above 0");
    assertRefused(trainer -> trainer.threads(0), "threads = 0: must be at least 1");
    assertRefused(
        trainer -> trainer.validationFraction(1),
        "validation fraction 1.0 is not above 0 and below 1");
    assertThatThrownBy(() -> TinyVaes.trainer(TinyData.BINARY).device("gpu:77").train())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no such GPU");
  }

  private static void assertRefused(UnaryOperator<VaeTrainer> change, String message) {
    VaeTrainer trainer = TinyVaes.trainer(TinyData.BINARY);
    assertThatThrownBy(() -> change.apply(trainer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void partsThatDoNotFitTogetherAreRefusedBeforeAnythingIsWritten() {
    DataDescription data = TinyData.BINARY.description();
    assertThatThrownBy(() -> TinyVaes.vae(data, new Gaussian(data)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Gaussian is not a likelihood of binary values");

    ModelShape shape = ModelShape.of(data, 2);
    ModelShape wider = ModelShape.of(data, 3);
    DataDescription longer = DataDescription.of(new DataShape(1, 2, 4), ValueKinds.BINARY);
    for (Vae parts :
        List.of(
            Vae.of(
                shape,
                new GatedMlpEncoder(wider, 8),
                new StandardPrior(shape),
                new GatedMlpDecoder(shape, new Bernoulli(data), 8)),
            Vae.of(
                shape,
                new GatedMlpEncoder(shape, 8),
                new StandardPrior(shape),
                new GatedMlpDecoder(shape, new Bernoulli(longer), 8)))) {
      Path folder = temporary.resolve("run");
      assertThatThrownBy(
              () -> TinyVaes.trainer(parts, TinyData.BINARY.rows(60, 1)).folder(folder).train())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("the parts of the model do not fit together: ");
      assertThat(folder).doesNotExist();
    }
  }
}
