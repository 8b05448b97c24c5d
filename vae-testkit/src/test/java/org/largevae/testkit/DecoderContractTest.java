package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.DecoderProvider;

class DecoderContractTest {

  @Test
  void aGoodDecoderPasses() {
    ContractRun.of(Good.class).passes(16);
  }

  /** Runs the contract on a linear decoder, perhaps broken in one place. */
  static class Good extends DecoderContract {
    @Override
    protected boolean isRegistered() {
      return false;
    }

    /** How many arrays are decoded where the likelihood needs some. */
    int count(int needed) {
      return needed;
    }

    /** What the decoder returns. */
    NDArray output(NDArray right) {
      return right;
    }

    @Override
    protected final DecoderProvider provider() {
      return new DecoderProvider() {
        @Override
        public String name() {
          return "linear";
        }

        @Override
        public String description() {
          return "For tests";
        }

        @Override
        public Decoder create(Settings settings, ModelShape shape, int parameterCount) {
          return new Linear(shape, parameterCount);
        }
      };
    }

    private final class Linear implements Decoder {
      private final ParameterBlock block = new ParameterBlock();
      private final Parameter weight;
      private final int parameterCount;

      Linear(ModelShape shape, int parameterCount) {
        this.parameterCount = parameterCount;
        this.weight =
            block.add(
                "weight",
                new Shape(shape.latentSize(), (long) parameterCount * shape.dimensions()),
                Linear::start);
      }

      private static NDArray start(NDManager manager, Shape shape, DataType type) {
        return manager.randomNormal(0, 1, shape, type);
      }

      @Override
      public Optional<Block> block() {
        return Optional.of(block);
      }

      @Override
      public NDList decode(NDArray z, Pass pass) {
        NDList all = output(z.matMul(pass.value(weight))).split(parameterCount, 1);
        return new NDList(all.subList(0, count(parameterCount)));
      }
    }
  }

  static class OneArray extends Good {
    @Override
    int count(int needed) {
      return 1;
    }
  }

  static class NotANumber extends Good {
    @Override
    NDArray output(NDArray right) {
      return right.log();
    }
  }

  static class TwoAtMost extends Good {
    @Override
    int count(int needed) {
      return Math.min(needed, 2);
    }
  }

  static class BatchMixed extends Good {
    @Override
    NDArray output(NDArray right) {
      return right.sub(right.mean(new int[] {0}, true));
    }
  }

  static class Detached extends Good {
    @Override
    NDArray output(NDArray right) {
      return right.duplicate();
    }
  }

  static class ScalarOperand extends Good {
    @Override
    @SuppressForbidden
    NDArray output(NDArray right) {
      return right.mul(0.5);
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultFailsItsTestAlone(Class<?> broken, String test, List<String> message) {
    ContractRun.of(broken).failsOnly(test, message.toArray(String[]::new));
  }

  static List<Arguments> faults() {
    String results = "decodedArraysAreFiniteAndOfTheRightShape";
    return List.of(
        fault(
            OneArray.class,
            results,
            "decode(z) returned 1 arrays, but the likelihood needs 2: as many as parameterCount"),
        fault(NotANumber.class, results, "decode(z), z of shape (3, 3) returned NaN at position"),
        fault(
            TwoAtMost.class,
            "everyParameterOfTheLikelihoodGetsAnArray",
            "decode(z) returned 2 arrays, but the likelihood needs 3"),
        fault(
            BatchMixed.class, "eachLatentIsDecodedByItself", "rows must not depend on each other"),
        fault(Detached.class, "gradientsMatchFiniteDifferences", "no gradient arrives"),
        fault(ScalarOperand.class, "gradientsSurviveAGarbageCollection", "Tensors.multiply"));
  }

  private static Arguments fault(Class<?> broken, String test, String... message) {
    return Arguments.of(broken, test, List.of(message));
  }
}
