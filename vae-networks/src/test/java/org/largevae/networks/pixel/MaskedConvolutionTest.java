package org.largevae.networks.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.NormalInitializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;

class MaskedConvolutionTest {

  /** The same function as a 3 x 3 kernel whose masked entries are zero. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theRowsThatAMaskCoversNeedNotBeComputed(boolean centre) {
    ParameterBlock block = new ParameterBlock();
    Parameter weight = block.add("weight", new Shape(5, 2, 3, 3), new NormalInitializer(1));
    boolean[][] seen = {{true, true, true}, {true, centre, false}};
    MaskedConvolution convolution =
        new MaskedConvolution(weight, new Window(2, 3, 1, 1), new boolean[][][] {seen, seen});
    float one = centre ? 1 : 0;
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      block.initialize(manager, DataType.FLOAT32);
      NDArray x = manager.randomNormal(new Shape(3, 2, 6, 5));
      NDArray mask =
          manager.create(new float[] {1, 1, 1, 1, one, 0, 0, 0, 0}, new Shape(1, 1, 3, 3));
      Shape ones = new Shape(1, 1);
      NDArray expected =
          x.getNDArrayInternal()
              .convolution(x, weight.getArray().mul(mask), null, ones, ones, ones, 1)
              .singletonOrThrow();

      PixelWeights weights = new PixelWeights(Pass.inference(manager), false);
      NDArray found = convolution.apply(x, convolution.kernel(weights), null);

      assertThat(found.getShape()).isEqualTo(expected.getShape());
      assertThat(found.sub(expected).abs().max().getFloat()).isEqualTo(0, within(1e-5f));
    }
  }
}
