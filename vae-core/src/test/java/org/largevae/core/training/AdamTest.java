package org.largevae.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.Component;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.model.Model;
import org.largevae.api.model.ModelPass;
import org.largevae.core.engine.Copies;
import org.largevae.core.engine.StepParameters;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.testing.TinyData;
import org.largevae.core.training.OptimizerSettings.Type;

/**
 * Against algorithm 1 of Kingma and Ba (2015) as printed, in float64. A loss of sum(w * c) has the
 * gradient c, a different one at every step.
 */
class AdamTest {
  // more than two blocks of the host's update, and not a whole number of them
  private static final int SIZE = 5001;
  private static final int STEPS = 7;
  private static final String NAME = "weights.w";
  private static final OptimizerSettings ADAM =
      new OptimizerSettings(Type.ADAM, 0.01, 0.9, 0.99, 1e-8);

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ADAM, FLOAT32, 1e-8",
    "ADAM, FLOAT32, 0.1",
    "ADAM, FLOAT64, 0.1",
    "ADAM_NORMALIZED_GRADIENT, FLOAT32, 1e-8",
    "ADAM_NORMALIZED_GRADIENT, FLOAT32, 0.1",
    "ADAM_NORMALIZED_GRADIENT, FLOAT64, 0.1"
  })
  void stepsAreThoseOfThePaper(Type type, DataType dataType, double epsilon) {
    OptimizerSettings settings = new OptimizerSettings(type, 0.01, 0.9, 0.99, epsilon);
    double[] expected = new double[SIZE];
    double[] first = new double[SIZE];
    double[] second = new double[SIZE];
    try (ParameterizedModel model = model(dataType);
        Adam adam = new Adam(settings, model)) {
      Parameter parameter = parameter(model);
      for (int t = 1; t <= STEPS; t++) {
        float[] gradient = gradient(t);
        assertThat(step(adam, parameter, gradient)).isEmpty();
        reference(settings, t, gradient, expected, first, second);
      }
      assertThat(adam.steps()).isEqualTo(STEPS);
      double[] found = parameter.getArray().toType(DataType.FLOAT64, true).toDoubleArray();
      for (int i = 0; i < SIZE; i++) {
        assertThat(found[i]).as("weight %d", i).isCloseTo(expected[i], within(2e-6));
      }
    }
  }

  /** A norm that overflows would make every later weight NaN, though each value is finite. */
  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 1e30f})
  void gradientWithoutAFiniteNormChangesNothing(float bad) {
    try (ParameterizedModel model = model(DataType.FLOAT32);
        Adam adam = new Adam(ADAM, model)) {
      Parameter parameter = parameter(model);
      step(adam, parameter, gradient(1));
      float[] before = parameter.getArray().toFloatArray();
      float[] gradient = gradient(2);
      gradient[SIZE - 1] = bad;
      assertThat(step(adam, parameter, gradient)).containsExactly(NAME);
      assertThat(parameter.getArray().toFloatArray()).isEqualTo(before);
      assertThat(adam.steps()).isEqualTo(1);
      assertThat(step(adam, parameter, gradient(2))).as("afterwards").isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void stepsGoOnFromRestoredMoments(DataType dataType) {
    try (ParameterizedModel whole = model(dataType);
        ParameterizedModel interrupted = model(dataType);
        Adam adam = new Adam(ADAM, whole);
        Adam before = new Adam(ADAM, interrupted);
        Adam after = new Adam(ADAM, interrupted)) {
      for (int t = 1; t <= STEPS; t++) {
        step(adam, parameter(whole), gradient(t));
        step(t <= 3 ? before : after, parameter(interrupted), gradient(t));
        if (t == 3) {
          Map<String, NDArray> restored = after.moments();
          before.moments().forEach((name, from) -> Copies.copy(from, restored.get(name)));
          after.restore(before.steps());
        }
      }
      assertThat(parameter(interrupted).getArray().toByteBuffer())
          .isEqualTo(parameter(whole).getArray().toByteBuffer());
    }
  }

  @Test
  void frozenParametersAreLeftAlone() {
    try (ParameterizedModel model = model(DataType.FLOAT32)) {
      parameter(model).freeze(true);
      try (Adam adam = new Adam(ADAM, model)) {
        assertThat(adam.moments()).isEmpty();
      }
    }
  }

  private static Parameter parameter(ParameterizedModel model) {
    return model.parameters().get(NAME);
  }

  private static ParameterizedModel model(DataType type) {
    Weights weights = new Weights(type);
    return ModelFactory.forLoading(weights, Map.of(), Device.cpu());
  }

  /** A model of nothing but one parameter of zeros. */
  private static final class Weights implements Model, Component {
    private final ParameterBlock block = new ParameterBlock();
    private final DataType type;

    Weights(DataType type) {
      this.type = type;
      block.add("w", new Shape(SIZE), (owner, shape, given) -> owner.zeros(shape, given));
    }

    @Override
    public Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public void initialize(Start start) {
      block.initialize(start.manager(), type);
    }

    @Override
    public Map<String, Component> components() {
      return Map.of("weights", this);
    }

    @Override
    public DataDescription data() {
      return TinyData.REAL.description();
    }

    @Override
    public List<Integer> latentSizes() {
      return List.of(1);
    }

    @Override
    public ModelPass begin(Pass pass, Optional<TrainingExamples> training) {
      throw new UnsupportedOperationException("only its parameter is of interest");
    }
  }

  private List<String> step(Adam adam, Parameter parameter, float[] gradient) {
    try (StepParameters step = new StepParameters(manager, new IdentityHashMap<>());
        NDScope scope = new NDScope()) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray weight = step.getValue(parameter, manager.getDevice(), true);
        NDArray factor = manager.create(gradient).toType(weight.getDataType(), false);
        collector.backward(weight.mul(factor).sum());
      }
      return adam.step(step);
    }
  }

  private static float[] gradient(int t) {
    Random random = new Random(t);
    float[] gradient = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      gradient[i] = (float) random.nextGaussian() * (i % 3);
    }
    return gradient;
  }

  private static void reference(
      OptimizerSettings settings, int t, float[] gradient, double[] w, double[] m, double[] v) {
    double norm = 0;
    for (float g : gradient) {
      norm += (double) g * g;
    }
    double scale =
        settings.type() == Type.ADAM_NORMALIZED_GRADIENT ? 1 / (Math.sqrt(norm) + 1e-7) : 1;
    for (int i = 0; i < SIZE; i++) {
      double g = gradient[i] * scale;
      m[i] = settings.beta1() * m[i] + (1 - settings.beta1()) * g;
      v[i] = settings.beta2() * v[i] + (1 - settings.beta2()) * g * g;
      double correctedFirst = m[i] / (1 - Math.pow(settings.beta1(), t));
      double correctedSecond = v[i] / (1 - Math.pow(settings.beta2(), t));
      w[i] -=
          settings.learningRate()
              * correctedFirst
              / (Math.sqrt(correctedSecond) + settings.epsilon());
    }
  }
}
