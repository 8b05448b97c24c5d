package org.largevae.core;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.folder.TrainingSession;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.priors.reweighted.DensityRatioPrior;
import org.largevae.priors.reweighted.DensityRatioSettings;
import org.largevae.priors.reweighted.LarsPrior;
import org.largevae.priors.reweighted.LarsSettings;
import org.largevae.priors.reweighted.NoiseContrastiveObjective;
import org.slf4j.LoggerFactory;

/** Priors with estimated normalisers in training. */
class ReweightedPriorsTest {
  @TempDir private Path temporary;

  private static VaeTrainer lars() {
    LarsSettings settings = new LarsSettings(List.of(4), 20, 32, 0.9, 1000);
    return SmallVae.trainer(SmallVae.create(new LarsPrior(settings, SmallVae.SHAPE)));
  }

  private static VaeTrainer densityRatio() {
    DensityRatioSettings settings = new DensityRatioSettings(List.of(4), 32, 1000, 50);
    return SmallVae.trainer(SmallVae.create(new DensityRatioPrior(settings, SmallVae.SHAPE)))
        .objective(new NoiseContrastiveObjective());
  }

  @Test
  void resumedTrainingEndsWithEqualWeightsAndRunningNormaliser() {
    Path whole = temporary.resolve("whole");
    Path parted = temporary.resolve("parted");
    Map<String, float[]> expected;
    try (TrainedVae trained = lars().folder(whole).train()) {
      expected = SmallVae.parameters(trained);
    }
    assertThatThrownBy(() -> lars().folder(parted).cancelledBy(SmallVae.atStep(7)).train())
        .isInstanceOf(TrainingInterruptedException.class);
    try (TrainedVae trained = lars().folder(parted).resume().train()) {
      Map<String, float[]> found = SmallVae.parameters(trained);
      assertThat(found.get("prior.normaliser")[0]).isBetween(0.3f, 0.7f).isNotEqualTo(0.5f);
      found.forEach(
          (name, values) -> assertThat(values).as(name).containsExactly(expected.get(name)));
    }
    for (String file : List.of("weights.safetensors", "optimizer.safetensors")) {
      assertThat(SmallVae.checkpoint(parted).resolve(file))
          .hasSameBinaryContentAs(SmallVae.checkpoint(whole).resolve(file));
    }
  }

  @Test
  void theNoiseContrastiveObjectiveTrainsThePriorAlone() {
    Map<String, float[]> less;
    Map<String, float[]> more;
    try (TrainedVae trained = densityRatio().epochs(1).train()) {
      less = SmallVae.parameters(trained);
    }
    try (TrainedVae trained = densityRatio().epochs(2).train()) {
      more = SmallVae.parameters(trained);
    }
    more.forEach(
        (name, values) -> {
          if (name.startsWith("prior.weight2")) {
            assertThat(values).isNotEqualTo(less.get(name));
          } else if (!name.startsWith("prior.")) {
            assertThat(values).as(name).containsExactly(less.get(name));
          }
        });
  }

  @Test
  void itWarnsOfAnEncoderThatNothingHasTrained() {
    Path first = temporary.resolve("first");
    SmallVae.trainer(SmallVae.create()).folder(first).train().close();

    assertThat(warnings(() -> densityRatio().epochs(1).train().close()))
        .singleElement(as(InstanceOfAssertFactories.STRING))
        .startsWith("the objective trains the prior alone, and encoder and decoder stay at their")
        .contains("set training.start-from");
    assertThat(warnings(() -> densityRatio().epochs(1).startFrom(first).train().close())).isEmpty();
  }

  private static List<String> warnings(Runnable training) {
    Logger logger = (Logger) LoggerFactory.getLogger(TrainingSession.class);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.WARN);
    try {
      training.run();
    } finally {
      logger.detachAppender(appender);
      logger.setLevel(null);
    }
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void theNoiseContrastiveObjectiveRefusesOtherPriors() {
    VaeTrainer standard =
        SmallVae.trainer(SmallVae.create()).objective(new NoiseContrastiveObjective());

    assertThatThrownBy(standard::train)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "training.objective.type = \"noise-contrastive\": trains nothing but a prior of type"
                + " density-ratio in a model with one level of latents; set model.prior.type ="
                + " density-ratio, or choose another objective");
  }

  @Test
  void aScoreDoesNotHangOnItsPlace() {
    float[][] examples = SmallVae.examples(6, 9);
    try (TrainedVae trained = lars().train()) {
      double[] together = trained.logLikelihood(examples, 4, 1);
      for (int i = 0; i < examples.length; i++) {
        assertThat(trained.logLikelihood(examples[i], 4, 1)).isEqualTo(together[i], within(1e-4));
      }
    }
  }
}
