package org.largevae.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.testing.GradientCheck;

class TensorsTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void constantKeepsDoublePrecision() {
    NDArray like = manager.create(new double[] {1});

    for (double value : new double[] {0.1, Math.PI, 1e-300, 16777217, -2, 0.5}) {
      assertThat(Tensors.constant(like, value).getDouble()).isEqualTo(value);
    }
  }

  @Test
  void constantTakesTheDataTypeOfItsModel() {
    NDArray constant = Tensors.constant(manager.create(new float[] {1}), 0.1);

    assertThat(constant.getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(constant.getShape()).isEqualTo(new Shape());
    assertThat(constant.getFloat()).isEqualTo(0.1f);
  }

  @Test
  void constantMayBeInfinite() {
    NDArray like = manager.create(new float[] {1});

    assertThat(Tensors.constant(like, Double.NEGATIVE_INFINITY).getFloat())
        .isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void scalarOperationsMatchPlainArithmetic() {
    NDArray x = manager.create(new double[] {0.3, -2, 5e3});

    assertThat(Tensors.multiply(x, 0.1).toDoubleArray())
        .containsExactly(0.3 * 0.1, -2 * 0.1, 5e3 * 0.1);
    assertThat(Tensors.divide(0.1, x).toDoubleArray()).containsExactly(0.1 / 0.3, -0.05, 0.1 / 5e3);
    assertThat(Tensors.power(x, 3).toDoubleArray())
        .containsExactly(new double[] {0.027, -8, 1.25e11}, within(1e-15));
    assertThat(Tensors.clamp(x, -1, 2.5).toDoubleArray()).containsExactly(0.3, -1, 2.5);
    assertThat(Tensors.clamp(x, Double.NEGATIVE_INFINITY, 1).toDoubleArray())
        .containsExactly(0.3, -2, 1);
  }

  @ParameterizedTest
  @MethodSource("dataTypes")
  void scalarOperationsKeepTheDataType(DataType type) {
    NDArray x = manager.ones(new Shape(2, 3), type);

    assertThat(
            List.of(
                Tensors.multiply(x, 0.1),
                Tensors.divide(0.1, x),
                Tensors.power(x, 0.1),
                Tensors.clamp(x, -0.1, 0.1),
                Tensors.logSumExpLast(x),
                Tensors.softplus(x)))
        .allSatisfy(result -> assertThat(result.getDataType()).isEqualTo(type));
  }

  @Test
  void scalarsKeepTheirDataType() {
    NDArray scalar = manager.create(3f);

    assertThat(Tensors.multiply(scalar, 0.1).getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(Tensors.multiply(scalar, 0.1).getFloat()).isEqualTo(0.3f, within(1e-7f));
  }

  @Test
  void sumLastSumsTheLastAxisAlone() {
    NDArray x = manager.arange(24f).reshape(2, 3, 4);

    NDArray sum = Tensors.sumLast(x);

    assertThat(sum.getShape()).isEqualTo(new Shape(2, 3));
    assertThat(sum.toFloatArray()).containsExactly(6, 22, 38, 54, 70, 86);
  }

  @ParameterizedTest
  @MethodSource("dataTypes")
  void logSumExpIsStableAtTheExtremes(DataType type) {
    NDArray x =
        manager
            .create(
                new double[] {1e4, 1e4, -1e4, -1e4, 1e4, -1e4, 0, 0, Double.NEGATIVE_INFINITY, 3})
            .reshape(5, 2)
            .toType(type, false);

    double[] result = Tensors.logSumExpLast(x).toType(DataType.FLOAT64, false).toDoubleArray();

    double log2 = Math.log(2);
    double[] expected = {1e4 + log2, -1e4 + log2, 1e4, log2, 3};
    double tolerance = type == DataType.FLOAT32 ? 1e-3 : 1e-11;
    assertThat(result).containsExactly(expected, within(tolerance));
  }

  @Test
  void rowsMayHaveAnyShape() {
    NDArray index = manager.create(new long[] {2, 0, 2});
    for (Shape rest : List.of(new Shape(), new Shape(4), new Shape(2, 5))) {
      NDArray x = manager.randomNormal(new Shape(3).addAll(rest));

      NDArray rows = Tensors.rows(x, index);

      assertThat(rows.getShape()).isEqualTo(new Shape(3).addAll(rest));
      assertThat(rows.get(0)).isEqualTo(x.get(2));
      assertThat(rows.get(1)).isEqualTo(x.get(0));
      assertThat(rows.get(2)).isEqualTo(x.get(2));
    }
    NDArray x = manager.randomNormal(new Shape(3, 2, 2)).toType(DataType.FLOAT64, false);
    GradientCheck.verify(List.of(x), () -> Tensors.rows(x, index).square());
  }

  @Test
  void logSumExpMayRunOverAnyAxis() {
    NDArray x = manager.randomNormal(new Shape(2, 3, 4)).toType(DataType.FLOAT64, false);
    for (int axis = 0; axis < 3; axis++) {
      NDArray plain = x.exp().sum(new int[] {axis}).log();

      NDArray result = Tensors.logSumExp(x, axis);

      assertThat(result.getShape()).isEqualTo(plain.getShape());
      assertThat(result.toDoubleArray()).containsExactly(plain.toDoubleArray(), within(1e-12));
    }
  }

  @Test
  void logSumExpKeepsLeadingAxes() {
    assertThat(Tensors.logSumExpLast(manager.ones(new Shape(2, 3, 4))).getShape())
        .isEqualTo(new Shape(2, 3));
  }

  @ParameterizedTest
  @MethodSource("dataTypes")
  void sigmoidsAreStableAtTheExtremes(DataType type) {
    NDArray x = manager.create(new double[] {-1e4, -100, -30, 0, 30, 100, 1e4}).toType(type, false);

    double[] softplus = doubles(Tensors.softplus(x));
    double[] logSigmoid = doubles(Tensors.logSigmoid(x));
    double[] sigmoid = doubles(Tensors.sigmoid(x));

    double log2 = Math.log(2);
    double tiny = Math.log1p(Math.exp(-30));
    double relative = type == DataType.FLOAT32 ? 1e-6 : 1e-12;
    double[] expected = {0, Math.exp(-100), tiny, log2, 30, 100, 1e4};
    for (int i = 0; i < expected.length; i++) {
      // exp(-100) is subnormal in float32
      assertThat(softplus[i]).isEqualTo(expected[i], within(relative * expected[i] + 1e-44));
      assertThat(logSigmoid[expected.length - 1 - i])
          .isEqualTo(-expected[i], within(relative * expected[i] + 1e-44));
    }
    assertThat(sigmoid[0]).isZero();
    assertThat(sigmoid[2]).isEqualTo(1 / (1 + Math.exp(30)), within(1e-18));
    assertThat(sigmoid[3]).isEqualTo(0.5);
    assertThat(sigmoid[6]).isEqualTo(1);
  }

  @Test
  void gradientsAtTheExtremesAreFinite() {
    NDArray x = manager.create(new float[] {-1e4f, -100, 100, 1e4f});

    double[] softplus = gradient(x, Tensors::softplus);
    double[] logSigmoid = gradient(x, Tensors::logSigmoid);
    double[] logSumExp = gradient(x, Tensors::logSumExpLast);

    double[] weights = {Math.cos(1), Math.cos(1.7), Math.cos(2.4), Math.cos(3.1)};
    assertThat(softplus).containsExactly(new double[] {0, 0, weights[2], weights[3]}, within(1e-6));
    assertThat(logSigmoid)
        .containsExactly(new double[] {weights[0], weights[1], 0, 0}, within(1e-6));
    assertThat(logSumExp).containsExactly(new double[] {0, 0, 0, weights[0]}, within(1e-6));
  }

  @Test
  void clampPassesGradientsInsideAndAtTheBounds() {
    NDArray x = manager.create(new float[] {-2, -1, 0, 1, 2});

    double[] gradient = gradient(x, v -> Tensors.clamp(v, -1, 1));

    assertThat(gradient)
        .containsExactly(
            new double[] {0, Math.cos(1.7), Math.cos(2.4), Math.cos(3.1), 0}, within(1e-6));
  }

  @Test
  void toFloat64PassesGradientsBackInFloat32() {
    NDArray x = manager.create(new float[] {0.1f, -3, 2.5f}).reshape(1, 3);

    assertThat(Tensors.toFloat64(x).getDataType()).isEqualTo(DataType.FLOAT64);
    assertThat(Tensors.toFloat64(x).toDoubleArray()).containsExactly(0.1f, -3, 2.5);
    double[] gradient = gradient(x, v -> Tensors.toFloat64(v).square());
    assertThat(x.getGradient().getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(gradient)
        .containsExactly(
            new double[] {0.2 * Math.cos(1), -6 * Math.cos(1.7), 5 * Math.cos(2.4)}, within(1e-6));
  }

  @Test
  void toFloat64LeavesFloat64Alone() {
    NDArray x = manager.create(new double[] {1});

    assertThat(Tensors.toFloat64(x)).isSameAs(x);
  }

  @Test
  void rowsMayRepeatAndAnyOrderIsKept() {
    NDArray x = manager.arange(6f).reshape(3, 2);

    NDArray rows = Tensors.rows(x, manager.create(new long[] {2, 0, 2, 2}));

    assertThat(rows.getShape()).isEqualTo(new Shape(4, 2));
    assertThat(rows.toFloatArray()).containsExactly(4, 5, 0, 1, 4, 5, 4, 5);
  }

  @ParameterizedTest
  @MethodSource("differentiableOperations")
  void gradientsMatchFiniteDifferencesAlsoAfterACollection(UnaryOperator<NDArray> operation) {
    NDArray x = manager.create(new double[] {0.4, 1.3, 0.9, 2.2, 0.2, 3.1}).reshape(3, 2);

    GradientCheck.verify(List.of(x), () -> operation.apply(x));
  }

  static Stream<Arguments> differentiableOperations() {
    return Stream.of(
        operation("multiply", x -> Tensors.multiply(x, 0.3)),
        operation("divide", x -> Tensors.divide(0.3, x)),
        operation("power", x -> Tensors.power(x, 1.7)),
        operation("clamp", x -> Tensors.clamp(x, 0.3, 2.5)),
        operation("sumLast", x -> Tensors.sumLast(x.square())),
        operation("logSumExpLast", Tensors::logSumExpLast),
        operation("logSumExp", x -> Tensors.logSumExp(x, 0)),
        operation("softplus", x -> Tensors.softplus(x.neg())),
        operation("logSigmoid", Tensors::logSigmoid),
        operation("sigmoid", Tensors::sigmoid),
        operation("toFloat64", x -> Tensors.toFloat64(x).square()),
        operation("product with constant", x -> x.mul(Tensors.constant(x, 0.7)).square()),
        operation(
            "rows", x -> Tensors.rows(x, x.getManager().create(new long[] {2, 0, 2, 1})).square()));
  }

  @ParameterizedTest
  @MethodSource("differentiableOperations")
  void float32GradientsSurviveACollection(UnaryOperator<NDArray> operation) {
    NDArray x = manager.create(new float[] {0.4f, 1.3f, 0.9f, 2.2f, 0.2f, 3.1f}).reshape(3, 2);

    double[][] gradients =
        GradientCheck.verifyCollectionIsHarmless(List.of(x), () -> operation.apply(x));

    assertThat(gradients[0]).doesNotContain(Double.NaN);
  }

  private static Arguments operation(String name, UnaryOperator<NDArray> operation) {
    return Arguments.of(Named.of(name, operation));
  }

  static Stream<DataType> dataTypes() {
    return Stream.of(DataType.FLOAT32, DataType.FLOAT64);
  }

  /** The gradient of the projection that {@link GradientCheck} uses: weights cos(1 + 0.7 i). */
  private static double[] gradient(NDArray x, UnaryOperator<NDArray> operation) {
    return GradientCheck.verifyCollectionIsHarmless(List.of(x), () -> operation.apply(x))[0];
  }

  private static double[] doubles(NDArray array) {
    return array.toType(DataType.FLOAT64, false).toDoubleArray();
  }
}
