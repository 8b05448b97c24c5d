package org.largevae.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.data.Support;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.LatentDistribution;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.model.Components;
import org.largevae.core.model.VariationalAutoencoder;
import org.largevae.core.results.ComponentUse;
import org.largevae.core.testing.PoisonedComponents;
import org.largevae.core.testing.PoisonedComponents.Place;
import org.largevae.core.testing.TinyModels;

/** Evaluations of what is not finite, and how many components of a mixture are in use. */
class WrongNumbersTest {
  private static final int EXAMPLES = 6;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final ResidentExamples data =
      ResidentExamples.of(
          manager,
          TinyModels.examples(Support.REAL, EXAMPLES, 3),
          TinyModels.DATA.dimensions(),
          false);

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ENCODER; has an importance weight that is not a number (first: the means of q(z|x),"
            + " from the encoder \"gated-mlp\")",
        "DECODER; has an importance weight that is not a number (first: its output"
            + " \"log-variance\", from the decoder \"gated-mlp\")",
        "LIKELIHOOD; has an importance weight that is not a number (first: log p(x|z), from"
            + " the likelihood \"gaussian\")",
        "PRIOR; has an importance weight that is not a number (first: log p(z), from the"
            + " prior \"standard\")",
        "LIKELIHOOD_OF_ZERO; has no likelihood: all of its 7 importance weights are 0, so that -log"
            + " p(x) is infinite",
      })
  void anEvaluationNamesExampleAndComponent(Place place, String what) {
    PoisonedComponents parts = new PoisonedComponents(components());
    try (VariationalAutoencoder model = TinyModels.model(parts.components(), Support.REAL, 1)) {
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
    Components plain = components();
    Components mixture =
        new Components(
            plain.encoder(),
            plain.decoder(),
            context -> mixture(context.pass().manager()),
            plain.likelihood());
    try (VariationalAutoencoder model = TinyModels.model(mixture, Support.REAL, 1)) {
      ComponentUse use =
          Evaluator.evaluate(model, data, 5, 20, 1, done -> {}).result().componentUse();
      assertThat(use.components()).isEqualTo(4);
      assertThat(use.used()).isEqualTo(3);
      assertThat(use.perplexity()).isCloseTo(Math.exp(1.5 * Math.log(2)), within(1e-6));
    }
  }

  private static LatentDistribution mixture(NDManager manager) {
    NDArray means = manager.create(new float[] {0, 0, 0, 0, 0, 0, 900, 900}, new Shape(4, 2));
    DiagonalGaussian components = new DiagonalGaussian(means, manager.zeros(new Shape(4, 2)));
    NDArray logWeights = manager.create(new float[] {0.4f, 0.2f, 0.2f, 0.2f}).log();
    return new LatentDistribution() {
      @Override
      public NDArray logProb(NDArray z) {
        return Tensors.logSumExpLast(componentLogProb(z).orElseThrow());
      }

      @Override
      public NDArray sample(int count) {
        return manager.zeros(new Shape(count, 2));
      }

      @Override
      public Optional<NDArray> componentLogProb(NDArray z) {
        return Optional.of(components.logProbPairwise(z).add(logWeights));
      }
    };
  }

  @Test
  void aPriorThatIsNoMixtureHasNoComponents() {
    try (VariationalAutoencoder model = TinyModels.model(components(), Support.REAL, 1)) {
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

  private static Components components() {
    return TinyModels.components("type = standard", "type = gaussian", Support.REAL);
  }
}
