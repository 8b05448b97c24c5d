package org.largevae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.Start;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.prior.Prior;
import org.largevae.priors.VampPriorSettings.Init;

class VampPriorStartTest {
  private static final int DIMENSIONS = 20;
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(23);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aNormalStartHasTheGivenMoments() {
    NDArray values = start(settings(500, Init.NORMAL, 0.5, 0.02, 0.01));

    assertThat(values.getShape()).isEqualTo(new Shape(500, DIMENSIONS));
    assertThat(values.getDataType()).isEqualTo(DataType.FLOAT32);
    assertMoments(values, 0.5, 0.02);
  }

  @Test
  void aStartFromTrainingDataTakesExamplesAsTheyAreWithoutNoise() {
    NDArray values = start(settings(30, Init.TRAINING_DATA, 0.5, 0.02, 0));

    assertThat(values.toFloatArray())
        .containsExactly(new FixedStart(manager, DIMENSIONS).trainingExamples(30).toFloatArray());
  }

  @Test
  void aStartFromTrainingDataAddsNoise() {
    NDArray values = start(settings(500, Init.TRAINING_DATA, 0.5, 0.02, 0.01));

    NDArray examples = new FixedStart(manager, DIMENSIONS).trainingExamples(500);
    assertMoments(values.sub(examples), 0, 0.01);
  }

  @Test
  void tooFewTrainingExamplesAreTheCallersError() {
    Start empty =
        new Start() {
          @Override
          public NDManager manager() {
            return manager;
          }

          @Override
          public NDArray trainingExamples(int count) {
            throw new ConfigurationException("there are 0 of " + count + " training examples");
          }
        };

    assertThatThrownBy(() -> prior(settings(500, Init.TRAINING_DATA, 0, 1, 0)).initialize(empty))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.prior.pseudo-inputs = 500: there are 0 of 500 training examples; set fewer, or"
                + " model.prior.init = normal");
  }

  @Test
  void theParameterIsNamedTrainedAndOnTheStartsManager() {
    for (Init init : Init.values()) {
      Prior prior = prior(settings(3, init, 0.5, 0.02, 0.01));
      prior.initialize(new FixedStart(manager, DIMENSIONS));

      assertThat(prior.block().orElseThrow().getParameters().keys())
          .containsExactly("pseudo_inputs");
      Parameter parameter = prior.block().orElseThrow().getParameters().get("pseudo_inputs");
      assertThat(parameter.requiresGradient()).isTrue();
      assertThat(parameter.getArray().hasGradient()).isTrue();
      assertThat(parameter.getArray().getManager()).isSameAs(manager);
    }
  }

  @Test
  void theSeedDecidesTheStart() {
    for (Init init : Init.values()) {
      VampPriorSettings settings = settings(3, init, 0.5, 0.02, 0.01);

      Engine.getInstance().setRandomSeed(1);
      float[] first = start(settings).toFloatArray();
      Engine.getInstance().setRandomSeed(1);
      float[] again = start(settings).toFloatArray();
      Engine.getInstance().setRandomSeed(2);
      float[] other = start(settings).toFloatArray();

      assertThat(again).containsExactly(first);
      assertThat(other).isNotEqualTo(first);
    }
  }

  private NDArray start(VampPriorSettings settings) {
    Prior prior = prior(settings);
    prior.initialize(new FixedStart(manager, DIMENSIONS));
    return prior.block().orElseThrow().getParameters().get("pseudo_inputs").getArray();
  }

  private static Prior prior(VampPriorSettings settings) {
    return new VampPrior(
        settings,
        ModelShape.of(
            DataDescription.of(new DataShape(1, 1, DIMENSIONS), ValueKinds.GREY_LEVEL), 2));
  }

  private static VampPriorSettings settings(
      int pseudoInputs, Init init, double mean, double deviation, double noise) {
    return new VampPriorSettings(
        pseudoInputs, init, mean, deviation, noise, GradientRule.OPTIMIZER);
  }

  /** Within five standard errors. */
  private static void assertMoments(NDArray array, double mean, double deviation) {
    NDArray values = array.toType(DataType.FLOAT64, false);
    double count = values.size();
    assertThat(values.mean().getDouble()).isEqualTo(mean, within(5 * deviation / Math.sqrt(count)));
    assertThat(Math.sqrt(values.sub(mean).square().mean().getDouble()))
        .isEqualTo(deviation, within(5 * deviation / Math.sqrt(2 * count)));
  }
}
