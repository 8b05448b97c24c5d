package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.prior.Prior;
import org.largevae.core.folder.ModelDescription;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.testing.TinyData;
import org.largevae.core.testing.TinyModels;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.core.training.TrainingListener;

/** Training from memory, through the builder. */
class VaeTrainerTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource
  void everyKindOfDataIsTrainedOn(TinyData data) {
    try (TrainedVae vae = TinyVaes.train(data)) {
      assertThat(vae.data()).isEqualTo(data.description());
      double score = vae.logLikelihood(data.rows(1, 7)[0], 20, 1);
      assertThat(score).isFinite().isNegative();
    }
  }

  @Test
  void trainingLowersTheLossAndTellsItsListener() {
    List<EpochMetrics> epochs = new ArrayList<>();
    AtomicInteger steps = new AtomicInteger();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(int epoch, int step, double loss, double reconstruction, double kl) {
            steps.incrementAndGet();
          }

          @Override
          public void onEpoch(EpochMetrics metrics, boolean best) {
            epochs.add(metrics);
          }
        };
    // six pixels that are all alike, so that there is something to learn
    float[][] examples = new float[60][6];
    for (int i = 0; i < 60; i++) {
      Arrays.fill(examples[i], i % 2);
    }
    TinyVaes.trainer(TinyVaes.vae(TinyData.BINARY), examples)
        .epochs(30)
        .listener(listener)
        .train()
        .close();
    assertThat(epochs).hasSize(30);
    assertThat(steps).as("54 examples in steps of 10").hasValue(30 * 6);
    assertThat(epochs.get(29).validationLoss())
        .isLessThan(epochs.get(0).validationLoss() - 1)
        .isLessThan(6 * Math.log(2));
  }

  @Test
  void seedDecidesEverything() {
    float[][] probe = TinyData.BINARY.rows(3, 5);
    try (TrainedVae first = TinyVaes.trainer(TinyData.BINARY).seed(8).train();
        TrainedVae again = TinyVaes.trainer(TinyData.BINARY).seed(8).train();
        TrainedVae other = TinyVaes.trainer(TinyData.BINARY).seed(9).train()) {
      assertThat(again.encode(probe)).isDeepEqualTo(first.encode(probe));
      assertThat(other.encode(probe)[0]).isNotEqualTo(first.encode(probe)[0]);
    }
  }

  @Test
  void laterSettingsCountAndAreRecordedWithTheDefaults() {
    Path folder = temporary.resolve("run");
    TinyVaes.trainer(TinyData.BINARY)
        .epochs(2)
        .warmUpEpochs(4)
        .validationFraction(0.15)
        .folder(folder)
        .train()
        .close();
    var recorded = ModelDescription.read(folder).training();
    assertThat(recorded.get("validation-fraction").getAsDouble()).isEqualTo(0.15);
    assertThat(recorded.get("seed").getAsLong()).isEqualTo(3);
    var training = recorded.getAsJsonObject("training");
    assertThat(training.get("epochs").getAsInt()).isEqualTo(2);
    assertThat(training.get("batch-size").getAsInt()).isEqualTo(10);
    assertThat(training.get("warm-up-epochs").getAsInt()).isEqualTo(4);
    assertThat(training.get("early-stopping-epochs").getAsInt()).isZero();
    assertThat(training.getAsJsonObject("optimizer").get("learning-rate").getAsDouble())
        .isEqualTo(0.01);
    assertThat(folder.resolve("metrics.csv")).exists();
    assertThat(folder.resolve("provenance.json")).exists();
  }

  @Test
  void picturesMayBeBinarisedAnew() {
    float[][] levels = new float[40][];
    float[][] probabilities = new float[40][];
    float[][] grey = TinyData.GREY_LEVEL.rows(40, 1);
    for (int i = 0; i < 40; i++) {
      float[] example = grey[i];
      byte[] pixels = new byte[6];
      for (int d = 0; d < pixels.length; d++) {
        pixels[d] = (byte) (example[d] * 256);
      }
      BufferedImage image = PixelConversion.write(pixels, TinyData.SHAPE);
      levels[i] = VaeImages.greyLevels(image, TinyData.SHAPE);
      probabilities[i] = VaeImages.probabilities(image, TinyData.SHAPE);
    }
    assertThat(levels).isDeepEqualTo(grey);
    VaeTrainer binary =
        TinyVaes.trainer(TinyVaes.vae(TinyData.BINARY), probabilities).dynamicBinarization();
    try (TrainedVae vae = binary.train()) {
      assertThat(vae.data()).isEqualTo(TinyData.BINARY.description());
    }
    assertThatThrownBy(() -> TinyVaes.trainer(TinyData.GREY_LEVEL).dynamicBinarization())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dynamic binarisation is for binary data");
    probabilities[2][3] = 1.5f;
    assertThatThrownBy(
            () ->
                TinyVaes.trainer(TinyVaes.vae(TinyData.BINARY), probabilities)
                    .dynamicBinarization()
                    .train())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("value 3 of example 2 is 1.5");
  }

  @Test
  void componentsOfTheApplicationNeedNoRegistration() {
    Path folder = temporary.resolve("run");
    float[][] probe = TinyData.REAL.rows(3, 5);
    double[] scores;
    try (TrainedVae vae =
        TinyVaes.trainer(own(), TinyData.REAL.rows(60, 1)).folder(folder).train()) {
      scores = vae.logLikelihood(probe, 10, 1);
      vae.save(temporary.resolve("saved"));
    }
    for (Path each : List.of(folder, temporary.resolve("saved"))) {
      try (TrainedVae vae = own().open(each, "cpu")) {
        assertThat(vae.logLikelihood(probe, 10, 1)).isEqualTo(scores);
      }
      assertThatThrownBy(() -> TrainedVae.open(each))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("holds a model that was put together in Java of GatedMlpEncoder")
          .hasMessageContaining("open it there, with Vae.open and the same components");
      assertThatThrownBy(() -> TinyVaes.vae(TinyData.REAL).open(each))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("holds a model of other components")
          .hasMessageContaining(", not VampPrior");
    }
  }

  /** What the compiler calls a lambda differs from one run of a program to the next. */
  private static Vae own() {
    ModelShape shape = TinyModels.shape(TinyData.REAL);
    Prior prior = context -> DiagonalGaussian.standard(context.pass().manager(), 2);
    return TinyVaes.vae(shape, prior, TinyData.REAL.likelihood());
  }

  @Test
  void aLambdaIsRecordedByTheNameOfTheClassAroundIt() {
    Path folder = temporary.resolve("run");
    try (TrainedVae vae = TinyVaes.trainer(own(), TinyData.REAL.rows(60, 1)).train()) {
      vae.save(folder);
    }
    assertThat(ModelDescription.read(folder).components())
        .containsEntry("prior", "VaeTrainerTest$$Lambda")
        .containsEntry("encoder", "GatedMlpEncoder");
  }

  @Test
  void cancelledTrainingSaysHowFarItCame() {
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                TinyVaes.trainer(TinyData.BINARY)
                    .cancelledBy(() -> asked.incrementAndGet() > 8)
                    .train())
        .isInstanceOf(TrainingInterruptedException.class)
        .hasMessage("interrupted in epoch 2 of 3 after step 2 of 6; nothing was kept");
  }

  @Test
  void cancelledTrainingInAFolderGoesOnToTheSameModel() {
    float[][] probe = TinyData.BINARY.rows(3, 5);
    AtomicInteger asked = new AtomicInteger();
    Path folder = temporary.resolve("run");
    assertThatThrownBy(
            () ->
                TinyVaes.trainer(TinyData.BINARY)
                    .folder(folder)
                    .resume()
                    .cancelledBy(() -> asked.incrementAndGet() > 8)
                    .train())
        .isInstanceOf(TrainingInterruptedException.class)
        .hasMessageContaining("a checkpoint was kept");
    assertThatThrownBy(
            () ->
                TinyVaes.trainer(TinyVaes.vae(TinyData.BINARY), TinyData.BINARY.rows(60, 77))
                    .folder(folder)
                    .resume()
                    .train())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("its data have changed since it was begun");
    assertThatThrownBy(
            () -> TinyVaes.trainer(TinyData.BINARY).seed(4).folder(folder).resume().train())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cannot be resumed with other settings");
    try (TrainedVae resumed = TinyVaes.trainer(TinyData.BINARY).folder(folder).resume().train();
        TrainedVae whole = TinyVaes.train(TinyData.BINARY)) {
      assertThat(resumed.encode(probe)).isDeepEqualTo(whole.encode(probe));
    }
    assertThatThrownBy(() -> TinyVaes.trainer(TinyData.BINARY).folder(folder).train())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds another run");
  }
}
