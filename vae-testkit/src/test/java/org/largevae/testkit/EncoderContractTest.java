package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.distribution.Posterior;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.EncoderProvider;
import org.largevae.api.tensor.Tensors;

class EncoderContractTest {

  @Test
  void aGoodEncoderPasses() {
    ContractRun.of(Good.class).passes(20);
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

    /** What the encoder returns. */
    Posterior posterior(Posterior right) {
      return right;
    }

    @Override
    protected final EncoderProvider provider() {
      return new EncoderProvider() {
        @Override
        public String name() {
          return "linear-gaussian";
        }

        @Override
        public String description() {
          return "For tests";
        }

        @Override
        public Encoder create(Settings settings, ModelShape shape) {
          LinearGaussianEncoder right = new LinearGaussianEncoder(shape);
          return new Encoder() {
            @Override
            public Optional<Block> block() {
              return right.block();
            }

            @Override
            public Posterior encode(NDArray x, Pass pass) {
              return posterior(right.encode(input(x), pass));
            }
          };
        }
      };
    }
  }

  /** A posterior that tests break in one place each. */
  static class Wrapped implements Posterior {
    final Posterior right;

    Wrapped(Posterior right) {
      this.right = right;
    }

    @Override
    public long size() {
      return right.size();
    }

    @Override
    public NDArray mean() {
      return right.mean();
    }

    @Override
    public NDArray sample(int count) {
      return right.sample(count);
    }

    @Override
    public NDArray logProb(NDArray z) {
      return right.logProb(z);
    }

    @Override
    public NDArray logProbPairwise(NDArray z) {
      return right.logProbPairwise(z);
    }

    @Override
    public Posterior select(NDArray rows) {
      return right.select(rows);
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

  static class SampleWithoutRows extends Good {
    @Override
    Posterior posterior(Posterior right) {
      return new Wrapped(right) {
        @Override
        public NDArray sample(int count) {
          return right.sample(count).get(":, 0");
        }
      };
    }
  }

  static class TransposedPairs extends Good {
    @Override
    Posterior posterior(Posterior right) {
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
    Posterior posterior(Posterior right) {
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
    Posterior posterior(Posterior right) {
      return new Wrapped(right) {
        @Override
        public Posterior select(NDArray rows) {
          return right.select(
              rows.getManager().arange((int) rows.size()).toType(rows.getDataType(), false));
        }
      };
    }
  }

  static class NotReparameterised extends Good {
    @Override
    Posterior posterior(Posterior right) {
      return new Wrapped(right) {
        @Override
        public NDArray sample(int count) {
          return right.sample(count).stopGradient();
        }
      };
    }
  }

  static class NotNormalised extends Good {
    @Override
    Posterior posterior(Posterior right) {
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
        public Posterior select(NDArray rows) {
          return posterior(right.select(rows));
        }
      };
    }
  }

  static class WideDraws extends Good {
    @Override
    Posterior posterior(Posterior right) {
      return new Wrapped(right) {
        @Override
        public NDArray sample(int count) {
          return right.mean().add(Tensors.multiply(right.sample(count).sub(right.mean()), 1.3));
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
            "sample(2) returned the shape (2, 3), but (2, 3, 3) is needed: it is (S, B, M)"),
        fault(
            TransposedPairs.class,
            results,
            "logProbPairwise(z) of shape (N, M) returned the shape (3, 5), but (5, 3) is needed"),
        fault(
            OtherPairs.class,
            "pairwiseAgreesWithLogProb",
            "row n, column b must be the log-density of latent n under posterior b"),
        fault(
            FirstRows.class,
            "selectedPosteriorsAreThoseOfTheRows",
            "row i must be the posterior of rows[i]"),
        fault(NotReparameterised.class, "drawsAreReparameterised", "by back-propagation but"),
        fault(NotNormalised.class, "posteriorDensityIntegratesToOne", "integrates to 1.648"),
        fault(WideDraws.class, "posteriorSamplesFollowTheDensity", "10000 draws do not follow"),
        fault(ScalarOperand.class, "gradientsSurviveAGarbageCollection", "Tensors.multiply"));
  }

  private static Arguments fault(Class<?> broken, String test, String... message) {
    return Arguments.of(broken, test, List.of(message));
  }
}
