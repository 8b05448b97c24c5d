package org.largevae.priors.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Noise;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

class FlowPriorsTest {
  private NDManager manager;

  /** The flow priors, with their default settings and as small ones. */
  enum Flow {
    REALNVP,
    SPLINE,
    AUTOREGRESSIVE;

    Prior prior(int latentSize) {
      ModelShape shape = shape(latentSize);
      return switch (this) {
        case REALNVP -> new RealNvp(defaults(RealNvpSettings.class), shape);
        case SPLINE -> new NeuralSplineFlow(defaults(NeuralSplineFlowSettings.class), shape);
        case AUTOREGRESSIVE ->
            new MaskedAutoregressiveFlow(defaults(MaskedAutoregressiveFlowSettings.class), shape);
      };
    }

    Prior small(int latentSize) {
      ModelShape shape = shape(latentSize);
      List<Integer> hidden = List.of(7, 5);
      return switch (this) {
        case REALNVP -> new RealNvp(new RealNvpSettings(3, hidden, 1.5), shape);
        case SPLINE -> new NeuralSplineFlow(new NeuralSplineFlowSettings(3, hidden, 5, 4), shape);
        case AUTOREGRESSIVE ->
            new MaskedAutoregressiveFlow(
                new MaskedAutoregressiveFlowSettings(2, hidden, 1.5), shape);
      };
    }

    private static <S extends Record> S defaults(Class<S> settings) {
      return SettingsSchema.of(settings).defaultValues();
    }
  }

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(5);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @EnumSource(Flow.class)
  void atTheStartItIsTheStandardGaussian(Flow flow) {
    FlowDensity density = atStart(flow.prior(40));
    NDArray z =
        manager.randomNormal(new Shape(50, 40)).concat(manager.full(new Shape(1, 40), -20), 0);
    DiagonalGaussian standard = DiagonalGaussian.standard(manager, 40);

    double[] logProb = Tensors.toDoubles(density.logProb(z));
    double[] expected = Tensors.toDoubles(standard.logProb(z));
    NDArray draws = density.sample(new Shape(3), Noise.ofExamples(1, 2, 3));
    NDArray normal = standard.sample(new Shape(3), Noise.ofExamples(1, 2, 3));

    if (flow == Flow.SPLINE) {
      // its quotients round
      assertThat(logProb).containsExactly(expected, within(1e-4));
      assertThat(draws.allClose(normal, 1e-5, 1e-5, false)).isTrue();
    } else {
      assertThat(logProb).isEqualTo(expected);
      assertThat(draws).isEqualTo(normal);
    }
    assertThat(density.mean().abs().max().getFloat()).isLessThan(1e-5f);
    assertThat(density.kind()).isEqualTo(Density.Kind.EXACT);
  }

  @ParameterizedTest
  @EnumSource(Flow.class)
  void drawingUndoesTheMapOfTheDensity(Flow flow) {
    FlowDensity single = trained(flow.prior(40), DataType.FLOAT32, 0.05);
    FlowDensity twice = trained(flow.small(6), DataType.FLOAT64, 0.7);
    NDArray z = manager.randomNormal(new Shape(20, 40));
    NDArray few = manager.randomNormal(new Shape(20, 6), DataType.FLOAT64);

    assertThat(back(single, toBase(single, z)).sub(z).abs().max().getFloat()).isLessThan(1e-5f);
    assertThat(back(twice, toBase(twice, few)).sub(few).abs().max().getDouble()).isLessThan(1e-9);
  }

  @ParameterizedTest
  @EnumSource(Flow.class)
  void theLogDeterminantIsThatOfTheDenseJacobian(Flow flow) {
    int size = 6;
    FlowDensity density = trained(flow.small(size), DataType.FLOAT64, 0.7);
    for (int point = 0; point < 5; point++) {
      NDArray z = manager.randomNormal(new Shape(1, size), DataType.FLOAT64);
      double[] base = toBase(density, z).toDoubleArray();
      double gaussian =
          -0.5 * (Arrays.stream(base).map(e -> e * e).sum() + size * Math.log(2 * Math.PI));

      assertThat(density.logProb(z).getDouble(0))
          .isEqualTo(gaussian + logDeterminant(jacobian(density, z)), within(1e-9));
    }
  }

  /** Row i is the gradient of the i-th value of the base. */
  private static double[][] jacobian(FlowDensity density, NDArray z) {
    z.setRequiresGradient(true);
    double[][] jacobian = new double[(int) z.size()][];
    for (int i = 0; i < jacobian.length; i++) {
      z.getGradient().set(new NDIndex("..."), 0);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(toBase(density, z).get(0, i));
      }
      jacobian[i] = z.getGradient().toDoubleArray();
    }
    return jacobian;
  }

  /** The trapezoidal rule, which is as good as exact for a density that vanishes at the edges. */
  @ParameterizedTest
  @EnumSource(Flow.class)
  void theDensityOfATrainedFlowHasMassOne(Flow flow) {
    boolean spline = flow == Flow.SPLINE;
    FlowDensity density = trained(flow.small(2), DataType.FLOAT64, spline ? 0.4 : 0.7);
    // splines are sharper, and the identity beyond 4
    double reach = spline ? 7 : 20;
    double step = reach / 400;
    int count = (int) Math.round(2 * reach / step);
    double mass = 0;
    double offCentre = 0;
    for (int row = 0; row < count; row += 100) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        double[] points = new double[100 * count * 2];
        for (int i = 0; i < 100 * count; i++) {
          points[2 * i] = -reach + step * (row + i / count);
          points[2 * i + 1] = -reach + step * (i % count);
        }
        NDArray z = manager.create(points, new Shape(100L * count, 2));
        double[] logProb = density.logProb(z).toDoubleArray();
        for (int i = 0; i < logProb.length; i++) {
          mass += Math.exp(logProb[i]) * step * step;
          double standard = -0.5 * (square(points, i)) - Math.log(2 * Math.PI);
          offCentre += Math.abs(Math.exp(logProb[i]) - Math.exp(standard)) * step * step;
        }
      }
    }
    assertThat(mass).isEqualTo(1, within(1e-4));
    // it is far from where it started, or the test would show little
    assertThat(offCentre).isGreaterThan(0.3);
  }

  private static double square(double[] points, int i) {
    return points[2 * i] * points[2 * i] + points[2 * i + 1] * points[2 * i + 1];
  }

  @Test
  void theMeanIsTheSameAtEachCall() {
    FlowDensity density = trained(Flow.REALNVP.small(3), DataType.FLOAT32, 0.7);

    assertThat(density.mean()).isEqualTo(density.mean());
  }

  @Test
  void anAutoregressiveFlowTakesOneLatent() {
    FlowDensity density = trained(Flow.AUTOREGRESSIVE.small(1), DataType.FLOAT64, 0.7);
    NDArray z = manager.randomNormal(new Shape(4, 1), DataType.FLOAT64);

    assertThat(back(density, toBase(density, z)).sub(z).abs().max().getDouble()).isLessThan(1e-12);
  }

  @Test
  void couplingsRefuseOneLatent() {
    for (Flow flow : List.of(Flow.REALNVP, Flow.SPLINE)) {
      assertThatThrownBy(() -> flow.prior(1))
          .isInstanceOf(SettingException.class)
          .hasMessage(
              "type: must be another with one latent, which has no halves, and model.latent-size is"
                  + " 1; set model.latent-size = 2 or more, or model.prior.type ="
                  + " masked-autoregressive-flow");
    }
  }

  @ParameterizedTest
  @EnumSource(Flow.class)
  void latentsOfAnotherSizeAreRefused(Flow flow) {
    FlowDensity density = atStart(flow.small(3));

    assertThatThrownBy(() -> density.logProb(manager.zeros(new Shape(4, 2))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("values of shape (4, 2) must have the shape (..., 3)");
    assertThatThrownBy(() -> density.select(manager.create(new long[] {0})))
        .isInstanceOf(ShapeException.class);
  }

  @ParameterizedTest
  @EnumSource(Flow.class)
  void parametersAreNamedAndTrainedWithPlainGradients(Flow flow) {
    Prior prior = flow.small(4);
    String step = flow == Flow.AUTOREGRESSIVE ? "layer" : "coupling";

    List<String> names = prior.block().orElseThrow().getParameters().keys();

    assertThat(names).contains(step + "1_1_weight", step + "2_3_bias").doesNotHaveDuplicates();
    assertThat(names).allMatch(name -> prior.gradientRule(name) == GradientRule.PLAIN);
  }

  private FlowDensity atStart(Prior prior) {
    prior.initialize(start());
    return density(prior);
  }

  /** With parameters as training may leave them, all of them drawn around 0. */
  private FlowDensity trained(Prior prior, DataType type, double deviation) {
    Block block = prior.block().orElseThrow();
    for (Parameter parameter : block.getParameters().values()) {
      parameter.setInitializer((m, shape, t) -> m.randomNormal(0, (float) deviation, shape, t));
    }
    block.initialize(manager, type);
    return density(prior);
  }

  private FlowDensity density(Prior prior) {
    Pass pass = Pass.inference(manager);
    PriorContext context =
        new PriorContext() {
          @Override
          public Pass pass() {
            return pass;
          }

          @Override
          public Density posterior(NDArray x) {
            throw new AssertionError("a flow has no use for an encoder");
          }
        };
    return (FlowDensity) prior.distribution(context);
  }

  private Start start() {
    return new Start() {
      @Override
      public NDManager manager() {
        return manager;
      }

      @Override
      public NDArray trainingExamples(int count) {
        throw new AssertionError("a flow has no use for examples");
      }
    };
  }

  private static NDArray toBase(FlowDensity density, NDArray z) {
    NDArray value = z;
    for (FlowStep step : density.steps()) {
      value = step.toBase(value, density.values()).value();
    }
    return value;
  }

  private static NDArray back(FlowDensity density, NDArray base) {
    NDArray value = base;
    for (int i = density.steps().size() - 1; i >= 0; i--) {
      value = density.steps().get(i).fromBase(value, density.values());
    }
    return value;
  }

  /** By elimination with row exchanges. */
  private static double logDeterminant(double[][] matrix) {
    double sum = 0;
    for (int k = 0; k < matrix.length; k++) {
      int pivot = k;
      for (int i = k; i < matrix.length; i++) {
        pivot = Math.abs(matrix[i][k]) > Math.abs(matrix[pivot][k]) ? i : pivot;
      }
      double[] row = matrix[pivot];
      matrix[pivot] = matrix[k];
      matrix[k] = row;
      sum += Math.log(Math.abs(row[k]));
      for (int i = k + 1; i < matrix.length; i++) {
        double factor = matrix[i][k] / row[k];
        for (int j = k; j < matrix.length; j++) {
          matrix[i][j] -= factor * row[j];
        }
      }
    }
    return sum;
  }

  private static ModelShape shape(int latentSize) {
    return ModelShape.of(DataDescription.of(new DataShape(1, 1, 1), ValueKinds.BINARY), latentSize);
  }
}
