package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.ModelShape;
import org.largevae.api.network.Posterior;
import org.largevae.api.prior.Prior;
import org.largevae.core.objective.ElboObjective;
import org.largevae.core.objective.ElboSettings;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.networks.posterior.GaussianPosterior;
import org.largevae.networks.posterior.PowerSphericalPosterior;
import org.largevae.networks.posterior.VonMisesFisherPosterior;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.UniformSpherePrior;
import org.largevae.priors.VampPrior;

/** Models whose latents live on the unit sphere. */
class SphereVaeTest {
  private static final ModelShape SHAPE = ModelShape.of(SmallVae.DATA, 3);

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(new VonMisesFisherPosterior(SHAPE), new UniformSpherePrior(SHAPE)),
        Arguments.of(new PowerSphericalPosterior(SHAPE), new UniformSpherePrior(SHAPE)),
        Arguments.of(new VonMisesFisherPosterior(SHAPE), new VampPrior(SHAPE, 4)),
        Arguments.of(new PowerSphericalPosterior(SHAPE), new VampPrior(SHAPE, 4)));
  }

  private static Vae vae(Posterior posterior, Prior prior) {
    return Vae.of(
        SHAPE,
        new GatedMlpEncoder(SHAPE, posterior, 5),
        prior,
        new GatedMlpDecoder(SHAPE, new Gaussian(SmallVae.DATA), 5));
  }

  @ParameterizedTest
  @MethodSource("models")
  void allThatATrainedModelOffersStaysOnTheSphere(Posterior posterior, Prior prior) {
    float[][] examples = SmallVae.examples(12, 5);
    try (TrainedVae vae = SmallVae.trainer(vae(posterior, prior)).train()) {
      assertOnSphere(vae.encode(examples));
      assertOnSphere(vae.encodeSample(examples, 1));
      double together = vae.logLikelihood(examples, 50, 3)[7];
      assertThat(together).isFinite();
      assertThat(vae.logLikelihood(examples[7], 50, 3)).isCloseTo(together, within(1e-3));
      float[][] path = vae.interpolate(examples[0], examples[1], 5);
      float[][] ends = vae.encode(new float[][] {examples[0], examples[1]});
      assertThat(path)
          .isDeepEqualTo(vae.decode(Interpolation.GREAT_CIRCLE.path(ends[0], ends[1], 5)));
      assertThatThrownBy(() -> vae.interpolate(examples[0], examples[1], 5, Interpolation.LINEAR))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the latents of this model live on the unit sphere in R^M, where LINEAR is no path;"
                  + " take GREAT_CIRCLE");
    }
  }

  private static void assertOnSphere(float[][] latents) {
    for (float[] latent : latents) {
      double squares = 0;
      for (float value : latent) {
        squares += value * value;
      }
      assertThat(squares).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void theDivergenceFromTheUniformPriorIsKnown() {
    ElboObjective analytic = new ElboObjective(new ElboSettings(ElboSettings.Divergence.ANALYTIC));
    Vae vae = vae(new VonMisesFisherPosterior(SHAPE), new UniformSpherePrior(SHAPE));
    try (TrainedVae trained = SmallVae.trainer(vae).objective(analytic).train()) {
      assertThat(trained.encode(SmallVae.examples(1, 2))[0]).hasSize(3);
    }
  }

  @Test
  void aPriorAndAPosteriorOfDifferentSpacesAreRefusedBeforeTraining() {
    String sphere = "the unit sphere in R^M";
    String plane = "all of R^M";
    assertThatThrownBy(
            () ->
                SmallVae.trainer(vae(new VonMisesFisherPosterior(SHAPE), new StandardPrior(SHAPE)))
                    .train())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("over " + plane, "lives on " + sphere, "model.posterior.type");
    assertThatThrownBy(
            () ->
                SmallVae.trainer(vae(new GaussianPosterior(SHAPE), new UniformSpherePrior(SHAPE)))
                    .train())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("over " + sphere, "lives on " + plane);
  }

  @Test
  void aSphereOfOneLatentIsRefused() {
    ModelShape one = ModelShape.of(SmallVae.DATA, 1);
    String rule = "at least 2 latents";
    assertThatThrownBy(() -> new VonMisesFisherPosterior(one))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(rule);
    assertThatThrownBy(() -> new PowerSphericalPosterior(one)).hasMessageContaining(rule);
    assertThatThrownBy(() -> new UniformSpherePrior(one)).hasMessageContaining(rule);
  }
}
