package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.LeaveOneOut;
import org.largevae.api.model.Bound;
import org.largevae.api.prior.Prior;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.data.PlacedExamples;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.evaluation.Scores;
import org.largevae.core.folder.ChangedDataException;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.core.training.TrainingListener;
import org.largevae.likelihoods.Bernoulli;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.AggregatedPosterior;
import org.largevae.priors.ExemplarPrior;
import org.largevae.priors.ExemplarSettings;
import org.largevae.priors.VampPrior;
import org.largevae.priors.VampPriorSettings;

/** Models whose priors are made of their training examples, from training to another process. */
class ExemplarVaeTest {
  private static final int TRAINED = 36;

  @TempDir private Path temporary;

  private static Prior prior(String name) {
    ExemplarSettings settings = new ExemplarSettings(0, 5, true);
    return switch (name) {
      case "exemplar" -> new ExemplarPrior(settings, SmallVae.SHAPE);
      case "aggregated-posterior" -> new AggregatedPosterior(settings, SmallVae.SHAPE);
      default -> new VampPrior(VampPriorSettings.of(12).withNeighbours(3), SmallVae.SHAPE);
    };
  }

  private static VaeTrainer trainer(String prior) {
    return SmallVae.trainer(SmallVae.create(prior(prior))).learningRate(0.01);
  }

  /** The examples that are trained on, in the order of their places. */
  private static float[][] trained(float[][] examples, int count) {
    long[] order = ResidentExamples.order(examples.length, 1);
    return Arrays.stream(order, 0, count).mapToObj(i -> examples[(int) i]).toArray(float[][]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exemplar", "aggregated-posterior", "vampprior"})
  void anOpenedModelScoresAndSamplesWithoutItsData(String name) {
    Path folder = temporary.resolve("run");
    Path saved = temporary.resolve("saved");
    Path again = temporary.resolve("again");
    float[][] others = SmallVae.examples(7, 9);
    double[] expected;
    float[][] drawn;
    try (TrainedVae vae = trainer(name).folder(folder).train()) {
      expected = vae.logLikelihood(others, 20, 3);
      drawn = vae.sample(5, 4);
      vae.save(saved);
    }
    assertThat(expected).doesNotContain(Double.NaN);
    for (Path place : List.of(folder, saved, again)) {
      try (TrainedVae vae = SmallVae.create(prior(name)).open(place, "cpu")) {
        assertThat(vae.logLikelihood(others, 20, 3)).containsExactly(expected);
        assertThat(vae.sample(5, 4)).isDeepEqualTo(drawn);
        if (!Files.exists(again)) {
          vae.save(again);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exemplar", "aggregated-posterior", "vampprior"})
  void resumedTrainingEndsWithEqualWeightsAndEncodings(String name) {
    Path whole = temporary.resolve("whole");
    Path parted = temporary.resolve("parted");
    Map<String, float[]> expected;
    try (TrainedVae vae = trainer(name).folder(whole).train()) {
      expected = SmallVae.parameters(vae);
    }
    // in the midst of the second epoch, and of the third
    for (int step : new int[] {7, 4}) {
      VaeTrainer cut = trainer(name).resume().folder(parted).cancelledBy(SmallVae.atStep(step));
      assertThatThrownBy(cut::train).isInstanceOf(TrainingInterruptedException.class);
    }
    try (TrainedVae vae = trainer(name).folder(parted).resume().train()) {
      Map<String, float[]> found = SmallVae.parameters(vae);
      assertThat(found.keySet()).isEqualTo(expected.keySet()).contains("prior.means");
      found.forEach((key, values) -> assertThat(values).as(key).containsExactly(expected.get(key)));
    }
    for (String file : List.of("weights", "best", "optimizer")) {
      assertThat(SmallVae.checkpoint(parted).resolve(file + ".safetensors"))
          .hasSameBinaryContentAs(SmallVae.checkpoint(whole).resolve(file + ".safetensors"));
    }
  }

  @Test
  void componentsAreTrainedAgainOnAnotherNumberOfExamples() {
    Vae model = SmallVae.create(prior("aggregated-posterior"));
    for (int count : new int[] {40, 60}) {
      try (TrainedVae vae = SmallVae.trainer(model, SmallVae.examples(count, 1)).train()) {
        int trained = count - count / 10;
        assertThat(SmallVae.parameters(vae).get("prior.means")).hasSize(2 * trained);
      }
    }
  }

  @Test
  void theBestWeightsHoldTheEncodingsOfTheirOwnEncoder() {
    AtomicBoolean lastIsBest = new AtomicBoolean();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochMetrics metrics, boolean best) {
            lastIsBest.set(best);
          }
        };
    VaeTrainer trainer = trainer("exemplar").learningRate(0.3).epochs(6).listener(listener);
    try (TrainedVae vae = trainer.train()) {
      assertThat(lastIsBest).as("with such steps the best epoch is not the last").isFalse();
      assertEncodings(vae, vae.encode(trained(SmallVae.examples(40, 1), TRAINED)));
    }
  }

  private static void assertEncodings(TrainedVae vae, float[][] expected) {
    float[] means = SmallVae.parameters(vae).get("prior.means");
    int size = expected[0].length;
    assertThat(means).hasSize(expected.length * size);
    for (int i = 0; i < means.length; i++) {
      assertThat(means[i]).isEqualTo(expected[i / size][i % size], within(1e-5f));
    }
  }

  @Test
  void theScoreOfATrainedExampleLeavesItsOwnExemplarOut() {
    float[][] rows = trained(SmallVae.examples(40, 1), TRAINED);
    try (TrainedVae vae = trainer("exemplar").train()) {
      double[] means = doubles(SmallVae.parameters(vae).get("prior.means"));
      double variance = Math.exp(SmallVae.parameters(vae).get("prior.log_variance")[0]);
      long[] places = {5, -1, 11};
      float[][] three = {rows[5], rows[6], rows[11]};

      double[][] found = logPriors(vae, three, places);

      for (int i = 0; i < 3; i++) {
        assertThat(found[1][i])
            .isEqualTo(logPrior(means, variance, found[0], i, places[i]), within(1e-4));
      }
      Scores placed = vae.scores(three, places, 50, 1);
      Scores asNew = vae.scores(three, 50, 1);
      assertThat(placed.logLikelihoods()[1]).isEqualTo(asNew.logLikelihoods()[1], within(1e-9));
      assertThat(placed.logLikelihoods()[0]).isNotEqualTo(asNew.logLikelihoods()[0]);
      assertThat(placed.elbos()[2]).isNotEqualTo(asNew.elbos()[2]);
    }
  }

  /** A draw of z for each row, and log p(z) of each. */
  private static double[][] logPriors(TrainedVae vae, float[][] rows, long[] places) {
    return vae.shared()
        .compute(
            pass -> {
              ResidentExamples resident = vae.shared().resident(rows, 0, rows.length);
              Batch batch = new PlacedExamples(resident, places).batch(new long[] {0, 1, 2});
              Bound.Level level = pass.draw(batch, 1).bound().levels().get(0);
              assertThat(level.prior()).isInstanceOf(LeaveOneOut.class);
              return new double[][] {
                Tensors.toDoubles(level.draw().value()), Tensors.toDoubles(level.logPrior())
              };
            });
  }

  private static double logPrior(double[] means, double variance, double[] z, int row, long left) {
    double sum = 0;
    int count = means.length / 2;
    for (int n = 0; n < count; n++) {
      double squares =
          Math.pow(z[2 * row] - means[2 * n], 2) + Math.pow(z[2 * row + 1] - means[2 * n + 1], 2);
      sum += n == left ? 0 : Math.exp(-squares / (2 * variance)) / (2 * Math.PI * variance);
    }
    return Math.log(sum / (left < 0 ? count : count - 1));
  }

  private static double[] doubles(float[] values) {
    double[] all = new double[values.length];
    Arrays.setAll(all, i -> values[i]);
    return all;
  }

  @Test
  void otherExamplesAreRefusedWhereATrainingGoesOn() {
    Path folder = temporary.resolve("run");
    trainer("exemplar").folder(folder).train().close();
    float[][] changed = SmallVae.examples(40, 1);
    changed[7][2] += 1;
    VaeTrainer resumed =
        SmallVae.create(prior("exemplar"))
            .trainer(changed)
            .device("cpu")
            .batchSize(10)
            .learningRate(0.01)
            .epochs(4)
            .folder(folder)
            .resume();
    assertThatThrownBy(resumed::train)
        .isInstanceOf(ChangedDataException.class)
        .hasMessageContaining("its data have changed since it was begun");
  }

  @Test
  void whatModelJsonSaysOfTheTrainingExamplesIsChecked() throws IOException {
    Path folder = temporary.resolve("run");
    trainer("exemplar").folder(folder).train().close();
    Path file = folder.resolve("model.json");
    String text = Files.readString(file);
    assertThat(text).contains("\"trainingSize\": " + TRAINED, "\"trainingSha256\": \"");
    for (String damage : List.of("", "\"trainingSize\": 0,", "\"trainingSize\": 123456789012,")) {
      Files.writeString(file, text.replace("\"trainingSize\": 36,", damage));
      assertThatThrownBy(() -> SmallVae.create(prior("exemplar")).open(folder, "cpu"))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file + ": is damaged: its model is made of training examples");
    }
    Files.writeString(file, text.replace("\"trainingSize\": 36,", "\"trainingSize\": 35,"));
    assertThatThrownBy(() -> SmallVae.create(prior("exemplar")).open(folder, "cpu"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("array prior.means is float32 (36, 2), but the model's is");
    // other models say nothing of them
    Path other = temporary.resolve("other");
    trainer("vampprior").folder(other).train().close();
    assertThat(Files.readString(other.resolve("model.json"))).doesNotContain("trainingS");
  }

  @Test
  void moreExemplarsThanTrainingExamplesAreRefusedBeforeAnythingIsWritten() {
    Path folder = temporary.resolve("run");
    Prior prior = new ExemplarPrior(new ExemplarSettings(37, 5, true), SmallVae.SHAPE);
    VaeTrainer trainer = SmallVae.trainer(SmallVae.create(prior)).folder(folder);
    assertThatThrownBy(trainer::train)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("model.prior.exemplars = 37: there are only 36 training examples");
    assertThat(folder).doesNotExist();
  }

  @Test
  void missingValuesOfExemplarsAreToldToTheEncoder() {
    DataDescription data = DataDescription.of(new DataShape(1, 1, 4), ValueKinds.REAL, true);
    ModelShape shape = ModelShape.of(data, 2);
    float[][] examples = SmallVae.examples(40, 1);
    for (int i = 0; i < examples.length; i++) {
      examples[i][i % 4] = i % 3 == 0 ? Float.NaN : examples[i][i % 4];
    }
    Vae model =
        Vae.of(
            shape,
            new GatedMlpEncoder(shape, 5),
            new ExemplarPrior(new ExemplarSettings(0, 5, true), shape),
            new GatedMlpDecoder(shape, new Gaussian(data), 5));
    try (TrainedVae vae = SmallVae.trainer(model, examples).train()) {
      assertEncodings(vae, vae.encode(trained(examples, TRAINED)));
    }
  }

  @Test
  void exemplarsOfDynamicallyBinarisedDataAreTheProbabilities() {
    DataDescription data = DataDescription.of(new DataShape(1, 1, 4), ValueKinds.BINARY);
    ModelShape shape = ModelShape.of(data, 2);
    float[][] grey = SmallVae.examples(40, 1);
    for (float[] row : grey) {
      for (int d = 0; d < row.length; d++) {
        row[d] = (float) (1 / (1 + Math.exp(-row[d])));
      }
    }
    Vae model =
        Vae.of(
            shape,
            new GatedMlpEncoder(shape, 5),
            new AggregatedPosterior(new ExemplarSettings(0, 0, true), shape),
            new GatedMlpDecoder(shape, new Bernoulli(data), 5));
    float[][] rows = trained(grey, TRAINED);
    try (TrainedVae vae = SmallVae.trainer(model, grey).dynamicBinarization().train()) {
      float[][] encoded =
          vae.shared().examples(rows, (pass, batch) -> SharedModel.joined(pass.encode(batch)));
      assertEncodings(vae, encoded);
    }
  }
}
