package org.largevae.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.initializer.Initializer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.Component;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.model.Model;
import org.largevae.api.model.ModelPass;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.StepParameters;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.training.OptimizerSettings.Type;

/**
 * The first step of Adam by each rule. Its moments start at 0, so it is -rate g / (|g| + epsilon)
 * of what the rule leaves of the gradient g; an epsilon of the gradient's size lets its scale show.
 */
class GradientRuleTest {
  private static final double RATE = 0.1;
  private static final double EPSILON = 0.5;
  private static final double FLOOR = 1e-7;

  /** Three rows: of norms 5, 0 and 0.01. */
  private static final double[] GRADIENT = {3, -4, 0, 0, 0.006, 0.008};

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  /** A parameter of shape (3, 2) that asks for a rule. */
  private static final class Rows implements Component {
    private final ParameterBlock block = new ParameterBlock();
    private final Parameter rows = block.add("rows", new Shape(3, 2), Initializer.ZEROS);
    private final GradientRule rule;

    Rows(GradientRule rule) {
      this.rule = rule;
      block.addState("state", new Shape(2), Initializer.ONES);
    }

    @Override
    public Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public GradientRule gradientRule(String parameter) {
      return parameter.equals("rows") ? rule : GradientRule.OPTIMIZER;
    }
  }

  /** A model that is nothing but its components. */
  private record Parts(Map<String, Component> components) implements Model {
    @Override
    public DataDescription data() {
      return DataDescription.of(new DataShape(1, 1, 1), ValueKinds.REAL);
    }

    @Override
    public List<Integer> latentSizes() {
      return List.of(1);
    }

    @Override
    public ModelPass begin(Pass pass, Optional<TrainingExamples> training) {
      throw new UnsupportedOperationException("no pass is begun here");
    }
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** The step from 0 that a gradient makes, which is the parameter after it. */
  private double[] firstStep(Type type, GradientRule rule, double factor) {
    Rows component = new Rows(rule);
    ResidentExamples training = new ResidentExamples(manager.zeros(new Shape(1, 1)));
    Model parts = new Parts(Map.of("part", component));
    OptimizerSettings settings = new OptimizerSettings(type, RATE, 0.9, 0.999, EPSILON);
    float[] gradient = new float[GRADIENT.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) (GRADIENT[i] * factor);
    }
    try (ParameterizedModel model =
            ModelFactory.initialize(parts, Map.of(), Device.cpu(), 1, training);
        Adam adam = new Adam(settings, model)) {
      try (StepParameters step = new StepParameters(model.manager(), new IdentityHashMap<>());
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          NDArray weight = step.getValue(component.rows, Device.cpu(), true);
          NDArray slopes = model.manager().create(gradient, new Shape(3, 2));
          collector.backward(weight.mul(slopes).sum());
        }
        assertThat(adam.step(step)).isEmpty();
      }
      assertThat(adam.moments())
          .containsOnlyKeys("first_moment.part.rows", "second_moment.part.rows");
      assertThat(model.arrays().get("part.state").toFloatArray()).containsExactly(1, 1);
      float[] found = model.arrays().get("part.rows").toFloatArray();
      double[] steps = new double[found.length];
      for (int i = 0; i < steps.length; i++) {
        steps[i] = found[i];
      }
      return steps;
    }
  }

  private static double[] expected(double[] gradient) {
    double[] steps = new double[gradient.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = -RATE * gradient[i] / (Math.abs(gradient[i]) + EPSILON);
    }
    return steps;
  }

  private static double[] scaled(double... factors) {
    double[] gradient = GRADIENT.clone();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= factors[i / 2];
    }
    return gradient;
  }

  @ParameterizedTest
  @EnumSource(Type.class)
  void eachRowIsDividedByItsOwnNorm(Type type) {
    double[] gradient = scaled(1 / 5.0, 0, 1 / 0.01);
    assertThat(firstStep(type, GradientRule.ROWS, 1))
        .containsExactly(expected(gradient), within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"ADAM", "ADAM_NORMALIZED_GRADIENT"})
  void plainGradientIsTakenAsItIs(Type type) {
    assertThat(firstStep(type, GradientRule.PLAIN, 1))
        .containsExactly(expected(GRADIENT), within(1e-6));
  }

  @Test
  void optimizersOwnRuleIsOneNormForAllRows() {
    double norm = Math.sqrt(25 + 1e-4) + FLOOR;
    assertThat(firstStep(Type.ADAM_NORMALIZED_GRADIENT, GradientRule.OPTIMIZER, 1))
        .containsExactly(expected(scaled(1 / norm, 1 / norm, 1 / norm)), within(1e-6));
    assertThat(firstStep(Type.ADAM, GradientRule.OPTIMIZER, 1))
        .containsExactly(expected(GRADIENT), within(1e-6));
  }

  /** A pseudo-input with a share of exp(-70) has a gradient of about 1e-30 and yet a direction. */
  @ParameterizedTest
  @ValueSource(doubles = {1000, 1e-10, 1e-20, 1e-30})
  void rowsDoNotDependOnTheScaleOfTheLoss(double factor) {
    double[] once = firstStep(Type.ADAM, GradientRule.ROWS, 1);
    assertThat(firstStep(Type.ADAM, GradientRule.ROWS, factor)).containsExactly(once, within(1e-5));
  }

  @Test
  void rowsTooSmallForFloat32Rest() {
    assertThat(firstStep(Type.ADAM, GradientRule.ROWS, 1e-60)).containsOnly(0);
  }
}
