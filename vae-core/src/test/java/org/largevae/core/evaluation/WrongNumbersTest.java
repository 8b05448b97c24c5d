package org.largevae.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.prior.Prior;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.results.ComponentUse;
import org.largevae.core.testing.PoisonedVae;
import org.largevae.core.testing.PoisonedVae.Place;
import org.largevae.core.testing.TinyData;
import org.largevae.core.testing.TinyModels;
import org.largevae.priors.StandardPrior;

/** Evaluations of what is not finite, and how many components of a mixture are in use. */
class WrongNumbersTest {
  private static final int EXAMPLES = 6;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final ResidentExamples data =
      ResidentExamples.of(manager, TinyData.REAL.examples(EXAMPLES, 3), false);

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ENCODER; has an importance weight that is not a number (first: the means of q(z|x),"
            + " from the encoder \"PoisonedEncoder\")",
        "DECODER; has an importance weight that is not a number (first: the mean of p(x|z),"
            + " from the decoder \"PoisonedDecoder\")",
        "LIKELIHOOD; has an importance weight that is not a number (first: log p(x|z), from"
            + " the likelihood \"PoisonedLikelihood\")",
        "PRIOR; has an importance weight that is not a number (first: log p(z), from the"
            + " prior \"PoisonedPrior\")",
        "LIKELIHOOD_OF_ZERO; has no likelihood: all of its 7 importance weights are 0, so that -log"
            + " p(x) is infinite",
      })
  void anEvaluationNamesExampleAndComponent(Place place, String what) {
    PoisonedVae parts = new PoisonedVae(TinyData.REAL, standard());
    try (ParameterizedModel model = TinyModels.started(parts.vae(), data, 1)) {
      assertThat(Evaluator.evaluate(model, data, 7, 20, 1, done -> {}).result().nll()).isFinite();
      parts.poison(place);
      assertThatThrownBy(() -> Evaluator.evaluate(model, data, 7, 20, 1, done -> {}))
          .isInstanceOf(NotFiniteException.class)
          .hasMessage("evaluation failed: example 0, counted from 0, " + what);
    }
  }

  @Test
  void weightsOfZeroAmongOthersAreGood() {
    assertThat(
            ImportanceWeights.firstBad(
                new double[] {-1, Double.NEGATIVE_INFINITY, 3},
                new double[] {Double.POSITIVE_INFINITY, 2, 1}))
        .isEqualTo(-1);
    assertThat(
            ImportanceWeights.firstBad(
                new double[] {-1, 2}, new double[] {0, Double.NEGATIVE_INFINITY}))
        .isEqualTo(1);
  }

  @Test
  void componentsInUseAreCounted() {
    // q(z|x) lies near 0; three components there, weighing 1/2, 1/4, 1/4, and one far away
    Prior prior = context -> mixture(context.pass().manager());
    try (ParameterizedModel model =
        TinyModels.started(TinyModels.vae(TinyData.REAL, prior), data, 1)) {
      ComponentUse use =
          Evaluator.evaluate(model, data, 5, 20, 1, done -> {}).result().componentUse();
      assertThat(use.components()).isEqualTo(4);
      assertThat(use.used()).isEqualTo(3);
      assertThat(use.perplexity()).isCloseTo(Math.exp(1.5 * Math.log(2)), within(1e-6));
    }
  }

  private static Mixture mixture(NDManager manager) {
    NDArray means = manager.create(new float[] {0, 0, 0, 0, 0, 0, 900, 900}, new Shape(4, 2));
    NDArray logWeights = manager.create(new float[] {0.4f, 0.2f, 0.2f, 0.2f}).log();
    return new Mixture(new DiagonalGaussian(means, manager.zeros(new Shape(4, 2))), logWeights);
  }

  @Test
  void aPriorThatIsNoMixtureHasNoComponents() {
    try (ParameterizedModel model =
        TinyModels.started(TinyModels.vae(TinyData.REAL, standard()), data, 1)) {
      assertThat(Evaluator.evaluate(model, data, 2, 20, 1, done -> {}).result().componentUse())
          .isNull();
    }
  }

  @Test
  void perplexityGoesFromOneToAllComponents() {
    ComponentUse one = ComponentUse.of(new double[] {0, 1, 0, 0});
    assertThat(one).isEqualTo(new ComponentUse(4, 1, 1));
    ComponentUse all = ComponentUse.of(new double[] {0.25, 0.25, 0.25, 0.25});
    assertThat(all.used()).isEqualTo(4);
    assertThat(all.perplexity()).isCloseTo(4, within(1e-12));
    // at least a tenth of an equal share
    assertThat(ComponentUse.of(new double[] {0.95, 0.026, 0.024, 0}).used()).isEqualTo(2);
  }

  private static Prior standard() {
    return new StandardPrior(TinyModels.shape(TinyData.REAL));
  }
}
