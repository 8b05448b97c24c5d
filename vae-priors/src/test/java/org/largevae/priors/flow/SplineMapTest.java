package org.largevae.priors.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.tensor.Tensors;

class SplineMapTest {
  private static final int BINS = 8;
  private static final SplineMap MAP = new SplineMap(BINS, 5);

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(5);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Computed by hand from the formulas of Durkan et al., in double precision. */
  @Test
  void aBinHasTheReferenceValueAndDerivative() {
    SplineBin bin = new SplineBin(at(-1), at(.7), at(-.4), at(1.3), at(.5), at(2.2));

    Mapped mapped = bin.map(at(-.6));

    assertThat(mapped.value().getDouble(0)).isEqualTo(.188981515041683, within(1e-15));
    assertThat(Math.exp(mapped.logDerivative().getDouble(0)))
        .isEqualTo(2.291921552070, within(5e-13));
    assertThat(bin.inverse(mapped.value()).getDouble(0)).isEqualTo(-.6, within(1e-15));
  }

  @Test
  void derivativesAreThoseOfTheValues() {
    NDArray parameters = Tensors.multiply(parameters(1, DataType.FLOAT64), 2);
    double step = 1e-6;

    for (double z = -5.73; z < 6; z += 0.31) {
      double above = MAP.toBase(at(z + step), parameters).value().getDouble(0);
      double below = MAP.toBase(at(z - step), parameters).value().getDouble(0);
      double derivative = Math.exp(MAP.toBase(at(z), parameters).logDerivative().getDouble(0));
      assertThat(derivative)
          .as("at %s", z)
          .isEqualTo((above - below) / (2 * step), within(1e-6 * derivative + 1e-8));
    }
  }

  @Test
  void theBoundsAreHitExactlyAndBeyondThemItIsTheIdentity() {
    float[] values = {-20, -5.000001f, -5, 5, 5.000001f, 20};
    NDArray z = manager.create(values);
    NDArray parameters = Tensors.multiply(parameters(values.length, DataType.FLOAT32), 3);

    Mapped mapped = MAP.toBase(z, parameters);

    assertThat(mapped.value()).isEqualTo(z);
    assertThat(MAP.fromBase(z, parameters)).isEqualTo(z);
    // in the outermost bin, too, the derivative is 1 at the bound
    for (double logDerivative : Tensors.toDoubles(mapped.logDerivative())) {
      assertThat(logDerivative).isEqualTo(0, within(1e-5));
    }
  }

  /** Knots at the places of equal bins, where a value may fall to either side by rounding. */
  @Test
  void knotsAreMappedToKnots() {
    float[] raw = new float[MAP.heads()];
    Arrays.fill(raw, BINS, 2 * BINS, 0);
    raw[BINS + 2] = 3;
    NDArray parameters = manager.create(raw);
    double total = 7 + Math.exp(3);
    double end = -5;

    for (int bin = 0; bin < BINS; bin++) {
      double share = (bin == 2 ? Math.exp(3) : 1) / total * (1 - BINS * 1e-3) + 1e-3;
      end += 10 * share;
      NDArray knot = manager.create(new float[] {-5 + 1.25f * (bin + 1)});
      double value = Tensors.toDoubles(MAP.toBase(knot, parameters).value())[0];
      assertThat(value).as("knot %d", bin + 1).isEqualTo(end, within(5e-6));
      assertThat(
              Tensors.toDoubles(MAP.fromBase(manager.create((float) value).reshape(1), parameters))[
                  0])
          .as("knot %d, back", bin + 1)
          .isEqualTo(-5 + 1.25 * (bin + 1), within(1e-4));
    }
  }

  @Test
  void itIncreasesAndIsFiniteForExtremeParametersToo() {
    int count = 2001;
    NDArray z = manager.arange(-5.005f, 5.005f, 0.005f).get(":" + count);
    NDArray one = Tensors.multiply(parameters(1, DataType.FLOAT32), 30);
    NDArray parameters = one.reshape(MAP.heads(), 1).broadcast(MAP.heads(), count).reshape(-1);

    Mapped mapped = MAP.toBase(z, parameters);
    double[] values = Tensors.toDoubles(mapped.value());
    double[] back = Tensors.toDoubles(MAP.fromBase(z, parameters));

    for (int i = 1; i < count; i++) {
      assertThat(values[i]).isGreaterThanOrEqualTo(values[i - 1] - 1e-5);
      assertThat(back[i]).isGreaterThanOrEqualTo(back[i - 1] - 1e-5);
    }
    assertThat(Arrays.stream(Tensors.toDoubles(mapped.logDerivative())).allMatch(Double::isFinite))
        .isTrue();
  }

  @Test
  void theInverseUndoesItInDoublePrecision() {
    int count = 500;
    NDArray z = Tensors.multiply(manager.randomNormal(new Shape(count), DataType.FLOAT64), 3);
    NDArray parameters = Tensors.multiply(parameters(count, DataType.FLOAT64), 2);

    double[] back = MAP.fromBase(MAP.toBase(z, parameters).value(), parameters).toDoubleArray();

    assertThat(back).containsExactly(z.toDoubleArray(), within(1e-9));
  }

  private NDArray at(double value) {
    return manager.create(new double[] {value});
  }

  private NDArray parameters(int values, DataType type) {
    return manager.randomNormal(new Shape((long) MAP.heads() * values), type);
  }
}
