package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
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
import org.largevae.api.component.NoSettings;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.DecoderProvider;

class DecoderContractTest {

  @Test
  void aGoodDecoderPasses() {
    ContractRun.of(Good.class).passes(22);
  }

  @Test
  void aDecoderForOneLikelihoodPasses() {
    ContractRun run = ContractRun.of(ForCoins.class);

    run.passes(21);
    assertThat(run.skips().get("everyParameterOfTheLikelihoodIsGiven"))
        .contains("the decoder is for one likelihood only");
  }

  /** Runs the contract on a linear decoder, perhaps broken in one place. */
  static class Good extends DecoderContract {
    @Override
    protected boolean isRegistered() {
      return false;
    }

    /** How many parameters are given where the likelihood needs some. */
    int count(int needed) {
      return needed;
    }

    /** What the decoder returns. */
    NDArray output(NDArray right) {
      return right;
    }

    Density decoded(NDArray given, Likelihood likelihood, Pass pass) {
      return likelihood.of(given, pass);
    }

    Decoder decoder(ModelShape shape, Likelihood likelihood) {
      return new Linear(shape, likelihood);
    }

    @Override
    protected final DecoderProvider<?> provider() {
      return new DecoderProvider<>(
          "linear",
          "For tests",
          NoSettings.class,
          (none, shape, likelihood) -> decoder(shape, likelihood)) {};
    }

    private final class Linear implements Decoder {
      private final ParameterBlock block = new ParameterBlock();
      private final Parameter weight;
      private final Likelihood likelihood;

      Linear(ModelShape shape, Likelihood likelihood) {
        this.likelihood = likelihood;
        long values = likelihood.parameters().size();
        this.weight = block.add("weight", new Shape(shape.latentSize(), values), Linear::start);
      }

      private static NDArray start(NDManager manager, Shape shape, DataType type) {
        return manager.randomNormal(0, 1, shape, type);
      }

      @Override
      public Optional<Block> block() {
        return Optional.of(block);
      }

      @Override
      public Likelihood likelihood() {
        return likelihood;
      }

      @Override
      public Density decode(Latents latents, Pass pass) {
        NDArray all = output(latents.lowest().matMul(pass.value(weight)));
        Shape leading = all.getShape().slice(0, all.getShape().dimension() - 1);
        NDArray given = all.reshape(leading.addAll(likelihood.parameters()));
        int needed = (int) likelihood.parameters().get(0);
        int axis = leading.dimension();
        NDArray some = count(needed) == needed ? given : given.split(needed, axis).get(0);
        return decoded(some, likelihood, pass);
      }
    }
  }

  static class ForCoins extends Good {
    @Override
    protected ValueKind kind() {
      return ValueKinds.BINARY;
    }

    @Override
    protected Likelihood likelihood(DataDescription data) {
      return new Coin(data);
    }

    @Override
    Decoder decoder(ModelShape shape, Likelihood likelihood) {
      if (!(likelihood instanceof Coin)) {
        throw new SettingException("type", "must go with coins");
      }
      return super.decoder(shape, likelihood);
    }
  }

  /** Whose values see themselves. */
  static class SeesItself extends Good {
    @Override
    Density decoded(NDArray given, Likelihood likelihood, Pass pass) {
      return new DelegatingDensity(super.decoded(given, likelihood, pass)) {
        @Override
        public NDArray logProb(NDArray value) {
          return likelihood
              .of(given.add(value.expandDims(value.getShape().dimension() - 1)), pass)
              .logProb(value);
        }
      };
    }
  }

  /** Whose draws are of other distributions. */
  static class DrawsOthers extends Good {
    @Override
    Density decoded(NDArray given, Likelihood likelihood, Pass pass) {
      return new DelegatingDensity(super.decoded(given, likelihood, pass)) {
        @Override
        public NDArray sample(Shape leading, Noise noise) {
          return likelihood.of(given.neg(), pass).sample(leading, noise);
        }
      };
    }
  }

  @Test
  void whatIsNoDistributionOfExamplesFails() {
    String test = "probabilitiesOfAllExamplesSumToOneAndAreThoseOfDraws";
    ContractRun.of(SeesItself.class).failsAlso(test, "on earlier ones alone");
    ContractRun.of(DrawsOthers.class).failsAlso(test, "4000 draws do not follow exp(logProb(x))");
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

  static class DrawsMixed extends Good {
    @Override
    NDArray output(NDArray right) {
      return right.getShape().dimension() < 3 ? right : right.sub(right.mean(new int[] {0}, true));
    }
  }

  static class RowsOnly extends Good {
    @Override
    NDArray output(NDArray right) {
      return right.getShape().dimension() < 3 ? right : right.get(0);
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
    String results = "decodedDistributionsAreFiniteAndOfTheRightShape";
    return List.of(
        fault(
            OneArray.class,
            results,
            "the decoder gave parameters of shape (3, 1, 6), but the likelihood needs (..., 2, 6)"),
        fault(NotANumber.class, results, "z of shape (3, 3), returned returned NaN at position"),
        fault(
            RowsOnly.class,
            results,
            "z of shape (2, 3, 3), returned says that it is a batch (3) over (6), but it must be a"
                + " batch (2, 3) over (6)"),
        fault(
            TwoAtMost.class,
            "everyParameterOfTheLikelihoodIsGiven",
            "but the likelihood needs (..., 3, 6)"),
        fault(
            BatchMixed.class, "eachLatentIsDecodedByItself", "rows must not depend on each other"),
        fault(DrawsMixed.class, "eachLatentIsDecodedByItself", "z of shape (S, B, M), gives"),
        fault(Detached.class, "gradientsMatchFiniteDifferences", "no gradient arrives"),
        fault(ScalarOperand.class, "gradientsSurviveAGarbageCollection", "Tensors.multiply"));
  }

  private static Arguments fault(Class<?> broken, String test, String... message) {
    return Arguments.of(broken, test, List.of(message));
  }
}
