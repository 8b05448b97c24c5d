package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.NoSettings;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Draw;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Noise;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.EncoderProvider;
import org.largevae.api.tensor.Tensors;

class EncoderContractTest {

  @Test
  void aGoodEncoderPasses() {
    ContractRun.of(Good.class).passes(28);
  }

  @Test
  void anEncoderOfDataWithGapsPasses() {
    ContractRun.of(WithGaps.class).passes(28);
  }

  @Test
  void aPosteriorThatKnowsItsOwnDrawsOnlyPasses() {
    ContractRun run = ContractRun.of(DrawsOnly.class);

    run.passes(19);
    assertThat(run.skips().get("densityIntegratesToOne")).contains("it is no Density");
  }

  /** Runs the contract on a linear encoder, perhaps broken in one place. */
  static class Good extends EncoderContract {
    @Override
    protected boolean isRegistered() {
      return false;
    }

    /** What the encoder is given. */
    NDArray input(NDArray x) {
      return x;
    }

    /** What the encoder is given of the levels above. */
    Latents read(Latents above) {
      return above;
    }

    /** What the encoder returns. */
    Distribution given(Density right) {
      return right;
    }

    /** What is done with the mask, where there is one. */
    NDArray masked(NDArray x, NDArray observed) {
      return x.mul(observed);
    }

    @Override
    protected final EncoderProvider<?> provider() {
      return new EncoderProvider<>(
          "linear-gaussian",
          "For tests",
          NoSettings.class,
          (none, shape, family) -> {
            LinearGaussianEncoder right = new LinearGaussianEncoder(shape);
            return new Encoder() {
              @Override
              public Optional<Block> block() {
                return right.block();
              }

              @Override
              public Distribution encode(Batch batch, Latents above, Pass pass) {
                NDArray x = input(batch.x());
                NDArray seen = batch.observed().map(mask -> masked(x, mask)).orElse(x);
                return given(right.encode(Batch.of(seen), read(above), pass));
              }
            };
          }) {};
    }
  }

  static class WithGaps extends Good {
    @Override
    protected DataDescription description() {
      return DataDescription.of(data(), kind(), true);
    }
  }

  static class DividesByTheMask extends WithGaps {
    @Override
    NDArray masked(NDArray x, NDArray observed) {
      return x.div(observed);
    }
  }

  static class DrawsOnly extends Good {
    @Override
    Distribution given(Density right) {
      return new OwnDraws(right);
    }
  }

  /** A posterior that does not tell the density of other values than its draws. */
  record OwnDraws(Density right) implements Distribution {
    @Override
    public Shape batch() {
      return right.batch();
    }

    @Override
    public Shape event() {
      return right.event();
    }

    @Override
    public Draw draw(Shape leading, Noise noise) {
      return right.draw(leading, noise);
    }

    @Override
    public NDArray mean() {
      return right.mean();
    }

    @Override
    public Distribution map(UnaryOperator<NDArray> change) {
      return new OwnDraws(right.map(change));
    }
  }

  /** A posterior that tests break in one place each. */
  static class Wrapped extends DelegatingDensity {
    Wrapped(Density right) {
      super(right);
    }

    @Override
    public NDArray logProbPairwise(NDArray z) {
      return right.logProbPairwise(z);
    }

    @Override
    public Density map(UnaryOperator<NDArray> change) {
      return right.map(change);
    }
  }

  static class BatchNormalised extends Good {
    @Override
    NDArray input(NDArray x) {
      return x.sub(x.mean(new int[] {0}, true));
    }
  }

  static class Detached extends Good {
    @Override
    NDArray input(NDArray x) {
      return x.stopGradient();
    }
  }

  static class LatentsAboveIgnored extends Good {
    @Override
    Latents read(Latents above) {
      return new Latents(above.levels().stream().map(NDArray::zerosLike).toList());
    }
  }

  static class LatentsAboveDetached extends Good {
    @Override
    Latents read(Latents above) {
      return above.detached();
    }
  }

  static class FirstDrawAboveForAll extends Good {
    @Override
    Latents read(Latents above) {
      return new Latents(
          above.levels().stream()
              .map(z -> z.getShape().dimension() < 3 ? z : z.get("0:1").broadcast(z.getShape()))
              .toList());
    }
  }

  static class SampleWithoutRows extends Good {
    @Override
    Distribution given(Density right) {
      return new Wrapped(right) {
        @Override
        public NDArray sample(Shape leading, Noise noise) {
          return right.sample(leading, noise).get("..., 0, :");
        }
      };
    }
  }

  static class TransposedPairs extends Good {
    @Override
    Distribution given(Density right) {
      return new Wrapped(right) {
        @Override
        public NDArray logProbPairwise(NDArray z) {
          return right.logProbPairwise(z).transpose();
        }
      };
    }
  }

  static class OtherPairs extends Good {
    @Override
    Distribution given(Density right) {
      return new Wrapped(right) {
        @Override
        public NDArray logProbPairwise(NDArray z) {
          return right.logProbPairwise(z).flip(1);
        }
      };
    }
  }

  static class FirstRows extends Good {
    @Override
    Distribution given(Density right) {
      return new Wrapped(right) {
        @Override
        public Density select(NDArray rows) {
          return right.select(
              rows.getManager().arange((int) rows.size()).toType(rows.getDataType(), false));
        }
      };
    }
  }

  static class IgnoresNoise extends Good {
    @Override
    Distribution given(Density right) {
      return new Wrapped(right) {
        @Override
        public NDArray sample(Shape leading, Noise noise) {
          return right.sample(leading, Noise.ENGINE);
        }
      };
    }
  }

  static class NotReparameterised extends Good {
    @Override
    Distribution given(Density right) {
      return new Wrapped(right) {
        @Override
        public NDArray sample(Shape leading, Noise noise) {
          return right.sample(leading, noise).stopGradient();
        }
      };
    }
  }

  static class NotNormalised extends Good {
    @Override
    Distribution given(Density right) {
      return new Wrapped(right) {
        @Override
        public NDArray logProb(NDArray z) {
          return right.logProb(z).add(0.5);
        }

        @Override
        public NDArray logProbPairwise(NDArray z) {
          return right.logProbPairwise(z).add(0.5);
        }

        @Override
        public Density map(UnaryOperator<NDArray> change) {
          return (Density) given(right.map(change));
        }
      };
    }
  }

  static class WideDraws extends Good {
    @Override
    Distribution given(Density right) {
      return new Wrapped(right) {
        @Override
        public NDArray sample(Shape leading, Noise noise) {
          NDArray deviation = right.sample(leading, noise).sub(right.mean());
          return Tensors.multiply(deviation, 1.3).add(right.mean());
        }

        @Override
        public Density map(UnaryOperator<NDArray> change) {
          return (Density) given(right.map(change));
        }
      };
    }
  }

  static class ScalarOperand extends Good {
    @Override
    @SuppressForbidden
    NDArray input(NDArray x) {
      return x.div(2);
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultFailsItsTestAlone(Class<?> broken, String test, List<String> message) {
    ContractRun.of(broken).failsOnly(test, message.toArray(String[]::new));
  }

  static List<Arguments> faults() {
    String results = "posteriorsAreFiniteAndOfTheRightShape";
    return List.of(
        fault(
            BatchNormalised.class,
            "eachExampleIsEncodedByItself",
            "encode(x) gives",
            "rows must not depend on each other"),
        fault(
            Detached.class,
            "gradientsMatchFiniteDifferences",
            "the gradient by x at position",
            "no gradient arrives"),
        fault(
            SampleWithoutRows.class,
            results,
            "sample((2)) returned the shape (2, 3), but (2, 3, 3) is needed: it is (S, B, M)"),
        fault(
            TransposedPairs.class,
            results,
            "logProbPairwise(z) of shape (N, M) returned the shape (3, 5), but (5, 3) is needed"),
        fault(
            OtherPairs.class,
            "pairwiseAgreesWithLogProb",
            "row n, column b must be the log-density of value n under distribution b"),
        fault(
            FirstRows.class,
            "selectedDistributionsAreThoseOfTheRows",
            "row i must be the distribution of rows[i]"),
        fault(
            IgnoresNoise.class,
            "drawsComeFromTheGivenNoiseAlone",
            "take every random number from the Noise"),
        fault(NotReparameterised.class, "drawsAreReparameterised", "by back-propagation but"),
        fault(NotNormalised.class, "densityIntegratesToOne", "integrates to 1.648"),
        fault(
            DividesByTheMask.class,
            results,
            "the posterior's sample((2)) returned NaN",
            "keep log variances within bounds"),
        fault(
            LatentsAboveIgnored.class,
            "gradientsReachTheLatentsAbove",
            "the posterior that encode(x, above) returns does not change with the latents of the"
                + " first level above",
            "or refuse such a level"),
        fault(
            LatentsAboveDetached.class,
            "gradientsReachTheLatentsAbove",
            "does not change with the latents of the first level above"),
        fault(
            FirstDrawAboveForAll.class,
            "eachDrawOfTheLatentsAboveIsEncodedWithItsExample",
            "encode(x, above), latents above of shape (S, B, M), draw 1 gives"),
        fault(ScalarOperand.class, "gradientsSurviveAGarbageCollection", "Tensors.multiply"));
  }

  @Test
  void drawsThatAreNotTheDensitysAreFound() {
    ContractRun run = ContractRun.of(WideDraws.class);

    run.failsAlso("samplesFollowTheDensity", "10000 draws do not follow");
    run.failsAlso("steinsIdentitiesHoldNearTheStart", "draws have another spread");
    run.failsNothingBut(List.of("samplesFollowTheDensity", "steinsIdentitiesHoldNearTheStart"));
  }

  private static Arguments fault(Class<?> broken, String test, String... message) {
    return Arguments.of(broken, test, List.of(message));
  }
}
