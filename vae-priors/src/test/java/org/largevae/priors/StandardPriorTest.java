package org.largevae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.prior.Prior;
import org.largevae.api.tensor.ShapeException;
import org.largevae.testkit.GradientCheck;

class StandardPriorTest {
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

  @ParameterizedTest
  @MethodSource("references")
  void logDensitiesMatchTheReference(Map.Entry<ReferenceValues.Case, double[]> reference) {
    ReferenceValues.Case drawn = reference.getKey();

    float[] logProb =
        distribution(drawn.latentSize()).logProb(drawn.draw(manager).latents()).toFloatArray();

    for (int n = 0; n < ReferenceValues.ROWS; n++) {
      double expected = reference.getValue()[n];
      assertThat((double) logProb[n]).isEqualTo(expected, within(1e-5 * Math.abs(expected)));
    }
  }

  static Set<Map.Entry<ReferenceValues.Case, double[]>> references() {
    return ReferenceValues.of("standard").entrySet();
  }

  @Test
  void gradientsMatchFiniteDifferencesAlsoAfterACollection() {
    NDArray z = manager.randomNormal(new Shape(3, 2), DataType.FLOAT64);

    GradientCheck.verify(List.of(z), () -> distribution(2).logProb(z));
  }

  @Test
  void sampleMomentsAreStandard() {
    int count = 50_000;

    NDArray sample = distribution(3).sample(new Shape(count));

    assertThat(sample.getShape()).isEqualTo(new Shape(count, 3));
    assertThat(sample.getDataType()).isEqualTo(DataType.FLOAT32);
    NDArray values = sample.toType(DataType.FLOAT64, false);
    // five standard errors
    assertThat(values.mean(new int[] {0}).toDoubleArray())
        .containsExactly(new double[3], within(5 / Math.sqrt(count)));
    assertThat(values.square().mean(new int[] {0}).toDoubleArray())
        .containsExactly(new double[] {1, 1, 1}, within(5 * Math.sqrt(2.0 / count)));
  }

  @Test
  void itHasNoParametersAndNoPseudoInputs() {
    Prior prior = new StandardPrior(shape(3));

    prior.initialize(new FixedStart(manager, 1));

    assertThat(prior.block()).isEmpty();
    assertThat(prior.pseudoInputs(Pass.inference(manager))).isEmpty();
  }

  @Test
  void latentsOfAnotherSizeAreRefused() {
    for (Shape wrong : List.of(new Shape(4, 2), new Shape(2), new Shape())) {
      assertThatThrownBy(() -> distribution(3).logProb(manager.zeros(wrong)))
          .isInstanceOf(ShapeException.class)
          .hasMessage("values of shape " + wrong + " must have the shape (..., 3)");
    }
  }

  @Test
  void severalDrawsOfABatchHaveTheirDensitiesAtOnce() {
    NDArray z = manager.randomNormal(new Shape(2, 4, 3));

    NDArray together = distribution(3).logProb(z);

    assertThat(together.getShape()).isEqualTo(new Shape(2, 4));
    assertThat(together.reshape(8)).isEqualTo(distribution(3).logProb(z.reshape(8, 3)));
  }

  private Density distribution(int latentSize) {
    return new StandardPrior(shape(latentSize))
        .distribution(
            Encoders.context(
                Pass.inference(manager),
                x -> {
                  throw new AssertionError("it has no use for an encoder");
                }));
  }

  private static ModelShape shape(int latentSize) {
    return ModelShape.of(DataDescription.of(new DataShape(1, 1, 1), ValueKinds.BINARY), latentSize);
  }
}
