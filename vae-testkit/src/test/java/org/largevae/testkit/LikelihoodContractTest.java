package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.config.Settings;
import org.largevae.api.data.Support;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.api.tensor.Tensors;

class LikelihoodContractTest {
  private static final String RESULTS = "logProbMeanAndDrawsAreOfTheRightShapeAndInBounds";

  @Test
  void aGoodLikelihoodOfBinaryDataPasses() {
    ContractRun.of(GoodCoin.class).passes(18);
  }

  @Test
  void aGoodLikelihoodOfRealDataPasses() {
    ContractRun.of(GoodBell.class).passes(18);
  }

  /** Runs the contract on one likelihood. */
  abstract static class Unregistered extends LikelihoodContract {
    private final Likelihood likelihood;

    Unregistered(Likelihood likelihood) {
      this.likelihood = likelihood;
    }

    @Override
    protected boolean isRegistered() {
      return false;
    }

    @Override
    protected Support support() {
      return likelihood instanceof Bell ? Support.REAL : Support.BINARY;
    }

    @Override
    protected LikelihoodProvider provider() {
      return new LikelihoodProvider() {
        @Override
        public String name() {
          return "fixture";
        }

        @Override
        public String description() {
          return "For tests";
        }

        @Override
        public Likelihood create(Settings settings, ModelShape shape) {
          return likelihood;
        }
      };
    }
  }

  static class GoodCoin extends Unregistered {
    GoodCoin() {
      super(new Coin());
    }
  }

  static class GoodBell extends Unregistered {
    GoodBell() {
      super(new Bell());
    }
  }

  static class PerValue extends Unregistered {
    PerValue() {
      super(
          new Coin() {
            @Override
            public NDArray logProb(NDArray x, NDList parameters, Pass pass) {
              return each(x, parameters.get(0));
            }
          });
    }
  }

  static class Infinite extends Unregistered {
    Infinite() {
      super(
          new Coin() {
            @Override
            NDArray each(NDArray x, NDArray logits) {
              NDArray probability = Tensors.sigmoid(logits);
              NDArray other = probability.neg().add(1);
              return probability.log().mul(x).add(other.log().mul(x.neg().add(1)));
            }
          });
    }
  }

  static class MeansAsDraws extends Unregistered {
    MeansAsDraws() {
      super(
          new Coin() {
            @Override
            public NDArray sample(NDList parameters, Pass pass) {
              return mean(parameters, pass);
            }
          });
    }
  }

  static class FixedAxis extends Unregistered {
    FixedAxis() {
      super(
          new Coin() {
            @Override
            public NDArray logProb(NDArray x, NDList parameters, Pass pass) {
              return each(x, parameters.get(0)).sum(new int[] {1});
            }
          });
    }
  }

  static class Average extends Unregistered {
    Average() {
      super(
          new Coin() {
            @Override
            public NDArray logProb(NDArray x, NDList parameters, Pass pass) {
              NDArray each = each(x, parameters.get(0));
              return each.mean(new int[] {each.getShape().dimension() - 1});
            }
          });
    }
  }

  static class TooLikely extends Unregistered {
    TooLikely() {
      super(
          new Coin() {
            @Override
            NDArray each(NDArray x, NDArray logits) {
              return super.each(x, logits).add(0.1);
            }
          });
    }
  }

  static class NoConstant extends Unregistered {
    NoConstant() {
      super(
          new Bell() {
            @Override
            double constant() {
              return 0;
            }
          });
    }
  }

  static class OppositeDraws extends Unregistered {
    OppositeDraws() {
      super(
          new Coin() {
            @Override
            public NDArray sample(NDList parameters, Pass pass) {
              return super.sample(parameters, pass).neg().add(1);
            }
          });
    }
  }

  static class WideDraws extends Unregistered {
    WideDraws() {
      super(
          new Bell() {
            @Override
            public NDArray sample(NDList parameters, Pass pass) {
              return Tensors.multiply(super.sample(parameters, pass), 1.5);
            }
          });
    }
  }

  static class OtherMean extends Unregistered {
    OtherMean() {
      super(
          new Coin() {
            @Override
            public NDArray mean(NDList parameters, Pass pass) {
              return super.mean(parameters, pass).square();
            }
          });
    }
  }

  static class OtherSupport extends Unregistered {
    OtherSupport() {
      super(
          new Coin() {
            @Override
            public Set<Support> supports() {
              return Set.of(Support.PIXEL_256);
            }
          });
    }
  }

  static class ScalarOperand extends Unregistered {
    ScalarOperand() {
      super(
          new Coin() {
            @Override
            @SuppressForbidden
            NDArray each(NDArray x, NDArray logits) {
              return super.each(x, Tensors.multiply(logits.mul(2), 0.5));
            }
          });
    }
  }

  static class Detached extends Unregistered {
    Detached() {
      super(
          new Bell() {
            @Override
            public NDArray logProb(NDArray x, NDList parameters, Pass pass) {
              NDList cut = new NDList(parameters.get(0).duplicate(), parameters.get(1));
              return super.logProb(x, cut, pass);
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultFailsItsTestAlone(Class<?> broken, String test, List<String> message) {
    ContractRun.of(broken).failsOnly(test, message.toArray(String[]::new));
  }

  static List<Arguments> faults() {
    return List.of(
        fault(
            PerValue.class,
            RESULTS,
            "logProb, x of shape (3, 6) returned the shape (3, 6), but (3) is needed",
            "Tensors.sumLast"),
        fault(Infinite.class, RESULTS, "decoder outputs of +-30 returned", "Tensors.logSigmoid"),
        fault(MeansAsDraws.class, RESULTS, "which is no value of BINARY data: it must be 0 or 1"),
        fault(
            FixedAxis.class,
            "severalDrawsOfTheDecoderAreTakenAtOnce",
            "logProb of arrays of shape (2, 3, 6) returned the shape (2, 6), but (2, 3) is needed"),
        fault(Average.class, "logProbIsTheSumOverTheValues", "do not average"),
        fault(TooLikely.class, "probabilitiesAddUpToOne", "sums to 1.105", "values of BINARY data"),
        fault(NoConstant.class, "probabilitiesAddUpToOne", "integrates to 2.506"),
        fault(
            OppositeDraws.class,
            "samplesFollowTheProbabilities",
            "10000 draws do not follow exp(logProb(x))"),
        fault(
            WideDraws.class,
            "samplesFollowTheProbabilities",
            "10000 draws do not follow exp(logProb(x))"),
        fault(
            OtherMean.class, "meanIsTheExpectedValue", "the expectation under exp(logProb(x)) is"),
        fault(
            OtherSupport.class,
            "parameterNamesAndSupportsAreThere",
            "supports() is [PIXEL_256] and lacks BINARY"),
        fault(
            ScalarOperand.class,
            "gradientsSurviveAGarbageCollection",
            "the gradient by the decoder's \"logits\" changes"),
        fault(
            Detached.class,
            "gradientsMatchFiniteDifferences",
            "the gradient by the decoder's \"mean\"",
            "no gradient arrives"));
  }

  private static Arguments fault(Class<?> broken, String test, String... message) {
    return Arguments.of(broken, test, List.of(message));
  }
}
