package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.ModelShape;
import org.largevae.api.network.Posterior;
import org.largevae.api.prior.Prior;
import org.largevae.core.model.HierarchicalVae;
import org.largevae.core.testing.TinyData;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpConditionalPrior;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.networks.posterior.GaussianPosterior;
import org.largevae.networks.posterior.InverseAutoregressiveFlow;
import org.largevae.networks.posterior.VonMisesFisherPosterior;
import org.largevae.priors.ExemplarPrior;
import org.largevae.priors.ExemplarSettings;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.UniformSpherePrior;
import org.largevae.priors.VampPrior;
import org.largevae.priors.flow.RealNvp;

/** Models of two levels, trained, saved, opened and used like any other. */
class HierarchicalVaeTest {
  private static final ModelShape TOP = ModelShape.of(SmallVae.DATA, 3);
  private static final ModelShape BELOW = ModelShape.of(SmallVae.DATA, 2, List.of(3));

  @TempDir private Path temporary;

  private static Vae vae(Prior prior, Posterior top, Posterior below) {
    return Vae.of(
        new HierarchicalVae(
            SmallVae.DATA,
            List.of(3, 2),
            List.of(new GatedMlpEncoder(TOP, top, 5, 5), new GatedMlpEncoder(BELOW, below, 5, 5)),
            prior,
            List.of(new GatedMlpConditionalPrior(BELOW, 5)),
            new GatedMlpDecoder(BELOW, new Gaussian(SmallVae.DATA), 5, 5)));
  }

  private static Vae vae(Prior prior) {
    return vae(prior, new GaussianPosterior(TOP), new GaussianPosterior(BELOW));
  }

  private static Vae vampPrior() {
    return vae(new VampPrior(TOP, 4));
  }

  @Test
  void aCancelledTrainingIsResumedSavedAndOpenedBitByBit() {
    float[][] examples = SmallVae.examples(6, 2);
    Map<String, float[]> expected;
    double[] scores;
    float[][] draws;
    try (TrainedVae trained = SmallVae.trainer(vampPrior()).train()) {
      expected = SmallVae.parameters(trained);
      scores = trained.logLikelihood(examples, 9, 1);
      draws = trained.sample(3, 1);
    }
    Path run = temporary.resolve("run");
    Path saved = temporary.resolve("saved");
    VaeTrainer interrupted =
        SmallVae.trainer(vampPrior()).folder(run).cancelledBy(SmallVae.atStep(6));
    assertThatThrownBy(interrupted::train).isInstanceOf(TrainingInterruptedException.class);
    try (TrainedVae trained = SmallVae.trainer(vampPrior()).folder(run).resume().train()) {
      Map<String, float[]> found = SmallVae.parameters(trained);
      assertThat(found).containsOnlyKeys(expected.keySet());
      found.forEach(
          (name, values) -> assertThat(values).as(name).containsExactly(expected.get(name)));
      trained.save(saved);
    }
    for (Path folder : List.of(run, saved)) {
      try (TrainedVae opened = vampPrior().open(folder, "cpu")) {
        assertThat(opened.logLikelihood(examples, 9, 1)).containsExactly(scores);
        assertThat(opened.sample(3, 1)).isDeepEqualTo(draws);
      }
    }
  }

  @Test
  void aConfiguredModelIsOpenedFromItsFolder() {
    String changes =
        """
        model { type = hierarchy, latent-sizes = [3, 2]
          conditional-prior { type = gated-mlp, hidden = [8] } }
        """;
    float[][] examples = TinyData.BINARY.rows(5, 9);
    double[] scores;
    try (TrainedVae trained = TinyRuns.train(temporary.resolve("run"), TinyData.BINARY, changes)) {
      scores = trained.logLikelihood(examples, 9, 1);
    }
    try (TrainedVae opened = TrainedVae.at(temporary.resolve("run")).device("cpu").open()) {
      assertThat(opened.logLikelihood(examples, 9, 1)).containsExactly(scores);
    }
  }

  @Test
  void aScoreDependsOnItsExampleAlone() {
    float[][] rows = SmallVae.examples(300, 9);
    float[][] reversed = rows.clone();
    Collections.reverse(Arrays.asList(reversed));
    int samples = 30;
    try (TrainedVae vae = SmallVae.trainer(vampPrior()).train()) {
      double[] together = vae.logLikelihood(rows, samples, 4);
      double[] backwards = vae.logLikelihood(reversed, samples, 4);
      for (int i : new int[] {0, 1, 66, 299}) {
        assertThat(vae.logLikelihood(rows[i], samples, 4)).isCloseTo(together[i], within(1e-4));
        assertThat(backwards[299 - i]).isCloseTo(together[i], within(1e-4));
      }
      assertThat(together[1]).isNotCloseTo(together[0], within(1e-3));
      assertThat(vae.logLikelihood(rows[0], samples, 5)).isNotEqualTo(together[0]);
    }
  }

  @Test
  void theFirstOfManyDrawsAreThoseOfFew() {
    try (TrainedVae vae = SmallVae.trainer(vampPrior()).train()) {
      float[][] many = vae.drawExamples(600, 2);
      float[][] few = vae.drawExamples(3, 2);
      for (int i = 0; i < few.length; i++) {
        assertThat(few[i]).containsExactly(many[i], within(1e-4f));
      }
      assertThat(vae.drawExamples(3, 3)[0]).isNotEqualTo(few[0]);
    }
  }

  static Stream<Arguments> parts() {
    return Stream.of(
        parts(new ExemplarPrior(new ExemplarSettings(0, 5, true), TOP), GaussianPosterior::new),
        parts(new RealNvp(TOP), GaussianPosterior::new),
        parts(new StandardPrior(TOP), InverseAutoregressiveFlow::new));
  }

  private static Arguments parts(Prior prior, Function<ModelShape, Posterior> posterior) {
    return Arguments.of(prior, posterior);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void otherPriorsAndPosteriorsStandInLevels(
      Prior prior, Function<ModelShape, Posterior> posterior) {
    Vae vae = vae(prior, posterior.apply(TOP), posterior.apply(BELOW));
    float[][] examples = SmallVae.examples(12, 5);
    try (TrainedVae trained = SmallVae.trainer(vae).train()) {
      double[] together = trained.logLikelihood(examples, 50, 3);
      assertThat(trained.logLikelihood(examples[7], 50, 3)).isCloseTo(together[7], within(1e-3));
      assertThat(together).doesNotContain(Double.NaN);
      for (float[] draw : trained.sample(4, 1)) {
        assertThat(draw).hasSize(SmallVae.DIMENSIONS).doesNotContain(Float.NaN);
      }
    }
  }

  @Test
  void aSphereOnTopOfAGaussianLevelIsTrained() {
    Vae vae =
        vae(
            new UniformSpherePrior(TOP),
            new VonMisesFisherPosterior(TOP),
            new GaussianPosterior(BELOW));
    try (TrainedVae trained = SmallVae.trainer(vae).train()) {
      assertThat(trained.logLikelihood(SmallVae.examples(1, 5)[0], 50, 3)).isFinite();
    }
  }

  @Test
  void aPosteriorOnTheSphereAboveAGaussianConditionalPriorIsRefused() {
    for (Prior prior : List.of(new UniformSpherePrior(TOP), new StandardPrior(TOP))) {
      Vae vae = vae(prior, new VonMisesFisherPosterior(TOP), new VonMisesFisherPosterior(BELOW));
      assertThatThrownBy(() -> SmallVae.trainer(vae).train())
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "level 1: the conditional prior p(z|z above) is a density over all of R^M, but the"
                  + " posterior q(z|x, z above) lives on the unit sphere in R^M; choose"
                  + " model.conditional-prior.type and model.posterior.type for the same space,"
                  + " such as gated-mlp and gaussian");
    }
  }
}
