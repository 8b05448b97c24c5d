package org.largevae.api.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A check that never fails proves nothing: this shows that it finds the faults it is for. */
class GradientCheckTest {

  @Test
  void findsOperandsThatACollectionFreed() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(new double[] {1, 2, 3});

      assertThatThrownBy(() -> GradientCheck.verify(List.of(x), () -> manyUnsafeProducts(x)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("gradients after a garbage collection");
    }
  }

  @Test
  void findsGradientsThatAreCutOff() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(new double[] {1, 2, 3});

      assertThatThrownBy(
              () -> GradientCheck.verify(List.of(x), () -> x.mul(x).add(x.stopGradient())))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("gradient of leaf 0 at 0");
    }
  }

  @Test
  void acceptsRightGradients() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(new double[] {1, 2, 3});

      assertThatCode(() -> GradientCheck.verify(List.of(x), () -> x.mul(x).mul(x)))
          .doesNotThrowAnyException();
    }
  }

  /** The very operation that the library must not use. */
  @SuppressForbidden
  private static NDArray manyUnsafeProducts(NDArray x) {
    NDArray result = x;
    for (int i = 0; i < 20; i++) {
      result = result.mul(1.01);
    }
    return result;
  }

  /** Lets this test call what the build forbids. */
  private @interface SuppressForbidden {}
}
