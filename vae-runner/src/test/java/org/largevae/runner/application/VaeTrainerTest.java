package org.largevae.runner.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.api.tensor.ShapeException;
import org.largevae.runner.experiment.ExperimentLoader;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.testing.LinearGaussian;
import org.largevae.core.testing.TinyModels;
import org.largevae.core.training.DivergedException;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.core.training.TrainingListener;

/** Training from memory, through the builder. */
class VaeTrainerTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource
  void everyKindOfDataHasALikelihoodOfItsOwn(Support support) {
    try (TrainedVae vae = TinyVaes.train(support)) {
      assertThat(vae.support()).isEqualTo(support);
      double score = vae.logLikelihood(TinyVaes.examples(support, 1, 7)[0], 20, 1);
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
    VaeTrainer.on(examples, TinyModels.DATA, Support.BINARY)
        .configure(TinyVaes.CONFIGURATION)
        .set("training.epochs", 30)
        .listener(listener)
        .train()
        .close();
    assertThat(epochs).hasSize(30);
    assertThat(steps).hasValue(30 * 5);
    assertThat(epochs.get(29).validationLoss())
        .isLessThan(epochs.get(0).validationLoss() - 1)
        .isLessThan(6 * Math.log(2));
  }

  @Test
  void seedDecidesEverything() {
    float[][] probe = TinyVaes.examples(Support.BINARY, 3, 5);
    try (TrainedVae first = TinyVaes.trainer(Support.BINARY).seed(8).train();
        TrainedVae again = TinyVaes.trainer(Support.BINARY).seed(8).train();
        TrainedVae other = TinyVaes.trainer(Support.BINARY).seed(9).train()) {
      assertThat(again.encode(probe)).isDeepEqualTo(first.encode(probe));
      assertThat(other.encode(probe)[0]).isNotEqualTo(first.encode(probe)[0]);
    }
  }

  @Test
  void laterSettingsCountAndKeepTheDefaultsOfTheData() {
    Path folder = temporary.resolve("run");
    TinyVaes.trainer(Support.BINARY)
        .set("model.prior.type", "standard")
        .configure("training.epochs = 2, model.latent-size = 3")
        .validationFraction(0.15)
        .output(folder)
        .train()
        .close();
    var config = loader().fromRunFolder(folder.resolve("config.conf")).config();
    assertThat(config.getString("model.prior.type")).isEqualTo("standard");
    assertThat(config.getInt("model.latent-size")).isEqualTo(3);
    assertThat(config.getInt("training.epochs")).isEqualTo(2);
    assertThat(config.getInt("training.batch-size")).isEqualTo(10);
    assertThat(config.getString("model.likelihood.type")).isEqualTo("bernoulli");
    assertThat(config.getDoubleList("dataset.split")).containsExactly(0.7, 0.15, 0.15);
    assertThat(folder.resolve("report.html")).exists();
  }

  @Test
  void picturesMayBeBinarisedAnew() {
    List<BufferedImage> images = new ArrayList<>();
    for (float[] example : TinyVaes.examples(Support.PIXEL_256, 40, 1)) {
      int[] pixels = new int[6];
      Arrays.setAll(pixels, i -> (int) (example[i] * 256));
      images.add(PixelConversion.write(pixels, TinyModels.DATA));
    }
    VaeTrainer grey = VaeTrainer.on(images, 1).configure(TinyVaes.CONFIGURATION);
    try (TrainedVae levels = grey.train();
        TrainedVae binary = grey.set("dataset.binarization", "dynamic").train()) {
      assertThat(levels.support()).isEqualTo(Support.PIXEL_256);
      assertThat(levels.shape()).isEqualTo(TinyModels.DATA);
      assertThat(binary.support()).isEqualTo(Support.BINARY);
    }
    try (TrainedVae colour = VaeTrainer.on(images, 3).configure(TinyVaes.CONFIGURATION).train()) {
      assertThat(colour.shape()).isEqualTo(new DataShape(3, 2, 3));
    }
  }

  @Test
  void componentsOfTheApplicationNeedNoDiscovery() {
    var prior = Providers.prior("my-normal", shape -> LinearGaussian.components(0).prior());
    Path folder = temporary.resolve("run");
    float[][] probe = TinyVaes.examples(Support.REAL, 3, 5);
    double[] scores;
    try (TrainedVae vae =
        TinyVaes.trainer(Support.REAL)
            .configure("model.latent-size = 1")
            .component(prior)
            .output(folder)
            .train()) {
      scores = vae.logLikelihood(probe, 10, 1);
    }
    try (TrainedVae vae = TrainedVae.at(folder).component(prior).open()) {
      assertThat(vae.logLikelihood(probe, 10, 1)).isEqualTo(scores);
    }
    assertThatThrownBy(() -> TrainedVae.open(folder))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("model.prior.type = \"my-normal\": no such prior");
    assertThatThrownBy(
            () ->
                TinyVaes.trainer(Support.REAL)
                    .component(Providers.prior("standard", shape -> prior.create(null, shape))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("a prior of the name \"standard\" exists already; give yours another name");
  }

  @Test
  void cancelledTrainingSaysHowFarItCame() {
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                TinyVaes.trainer(Support.BINARY)
                    .cancelledBy(() -> asked.incrementAndGet() > 7)
                    .train())
        .isInstanceOf(TrainingInterruptedException.class)
        .hasMessage(
            "cancelled in epoch 2 of 3 after 2 steps of it; without an output folder nothing is"
                + " kept");
  }

  @Test
  void cancelledTrainingInAFolderGoesOnToTheSameModel() {
    float[][] probe = TinyVaes.examples(Support.BINARY, 3, 5);
    AtomicInteger asked = new AtomicInteger();
    Path folder = temporary.resolve("run");
    assertThatThrownBy(
            () ->
                TinyVaes.trainer(Support.BINARY)
                    .output(folder)
                    .resume()
                    .cancelledBy(() -> asked.incrementAndGet() > 7)
                    .train())
        .isInstanceOf(TrainingInterruptedException.class)
        .hasMessageContaining("a checkpoint was kept, resume() goes on from it");
    assertThatThrownBy(
            () ->
                VaeTrainer.on(
                        TinyVaes.examples(Support.BINARY, 60, 77), TinyModels.DATA, Support.BINARY)
                    .configure(TinyVaes.CONFIGURATION)
                    .output(folder)
                    .resume()
                    .train())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cannot be resumed with other examples");
    try (TrainedVae resumed = TinyVaes.trainer(Support.BINARY).output(folder).resume().train();
        TrainedVae whole = TinyVaes.train(Support.BINARY)) {
      assertThat(resumed.encode(probe)).isDeepEqualTo(whole.encode(probe));
    }
    assertThatThrownBy(() -> TinyVaes.trainer(Support.BINARY).output(folder).train())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds another run");
  }

  @Test
  void divergedTrainingDoesNotClaimToHaveKeptAnything() {
    assertThatThrownBy(
            () ->
                TinyVaes.trainer(Support.REAL)
                    .set("training.optimizer.type", "adam")
                    .set("training.optimizer.learning-rate", 1e30)
                    .train())
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("training diverged")
        .hasMessageNotContaining("kept");
    assertThat(Files.exists(temporary.resolve("run"))).isFalse();
  }

  @Test
  void dataThatAreNoneAreRefused() {
    DataShape shape = TinyModels.DATA;
    assertThatThrownBy(() -> VaeTrainer.on(new float[0][], shape, Support.REAL))
        .isInstanceOf(DataException.class)
        .hasMessage("there are no examples to train on");
    assertThatThrownBy(() -> VaeTrainer.on(List.of(), 1))
        .isInstanceOf(DataException.class)
        .hasMessage("there are no examples to train on");
    float[][] ragged = {new float[6], new float[7]};
    assertThatThrownBy(() -> VaeTrainer.on(ragged, shape, Support.REAL))
        .isInstanceOf(ShapeException.class)
        .hasMessage("example 1 has 7 values, but an example of the shape 2 x 3 has 6");
    float[][] bad = {new float[6], {0, 1, 0, Float.NaN, 1, 1}};
    for (Support support : List.of(Support.REAL, Support.BINARY)) {
      assertThatThrownBy(() -> VaeTrainer.on(bad, shape, support))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("value 3 of example 1 is NaN");
    }
    List<BufferedImage> unequal =
        List.of(
            new BufferedImage(4, 5, BufferedImage.TYPE_BYTE_GRAY),
            new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY));
    assertThatThrownBy(() -> VaeTrainer.on(unequal, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("image 1 is 5 x 4 pixels, but image 0 is 4 x 5; all must have one size");
    assertThatThrownBy(() -> VaeTrainer.on(unequal, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channels = 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.latent-sise | 3 | unknown key. Did you mean \"model.latent-size\"?",
        "model.latent-size | 0 | model.latent-size = \"0\": must be at least 1 (from the trainer's",
        "model.prior.type | vamprior | Did you mean \"vampprior\"?",
        "model.likelihood.type | gaussian | is not a likelihood of binary data",
        "dataset.name | digits | leave it out",
        "experiment.device | gpu:77 | no such GPU",
        "a..b | 1 | \"a..b\" = 1"
      })
  void badSettingsAreNamed(String key, String value, String message) {
    assertThatThrownBy(() -> TinyVaes.trainer(Support.BINARY).set(key, value).train())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void textThatIsNoHoconIsRefused() {
    assertThatThrownBy(() -> TinyVaes.trainer(Support.BINARY).configure("model { prior"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the trainer's configuration");
    assertThatThrownBy(() -> TinyVaes.trainer(Support.BINARY).validationFraction(0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("validation fraction 0.5 is not above 0 and below 0.5");
  }

  private static ExperimentLoader loader() {
    return new ExperimentLoader(new ServiceRegistry(VaeTrainerTest.class.getClassLoader()));
  }
}
