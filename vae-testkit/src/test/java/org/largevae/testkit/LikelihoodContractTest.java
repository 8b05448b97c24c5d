package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.NoSettings;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.api.tensor.Tensors;

class LikelihoodContractTest {
  private static final String RESULTS = "logProbMeanAndDrawsAreOfTheRightShapeAndInBounds";

  @ParameterizedTest
  @ValueSource(
      classes = {
        GoodCoin.class,
        GoodBell.class,
        GoodCounts.class,
        GoodCategories.class,
        GoodPositive.class,
        GoodWithGaps.class
      })
  void aGoodLikelihoodPasses(Class<?> good) {
    ContractRun.of(good).passes(24);
  }

  /** Runs the contract on one likelihood. */
  abstract static class Unregistered extends LikelihoodContract {
    private final Function<DataDescription, Likelihood> likelihood;
    private final ValueKind kind;

    Unregistered(Function<DataDescription, Likelihood> likelihood) {
      this(likelihood, ValueKinds.BINARY);
    }

    Unregistered(Function<DataDescription, Likelihood> likelihood, ValueKind kind) {
      this.likelihood = likelihood;
      this.kind = kind;
    }

    @Override
    protected boolean isRegistered() {
      return false;
    }

    @Override
    protected ValueKind kind() {
      return kind;
    }

    @Override
    protected LikelihoodProvider<?> provider() {
      return new LikelihoodProvider<>(
          "fixture", "For tests", NoSettings.class, (none, data) -> likelihood.apply(data)) {};
    }
  }

  static class GoodCoin extends Unregistered {
    GoodCoin() {
      super(Coin::new);
    }
  }

  /** Whose single values are another family's. */
  static class OtherValues extends Unregistered {
    OtherValues() {
      super(
          data ->
              new Coin(data) {
                @Override
                public Optional<Likelihood> ofValues(int count) {
                  DataDescription one =
                      DataDescription.of(new DataShape(1, 1, count), ValueKinds.BINARY);
                  return Optional.of(
                      new Coin(one) {
                        @Override
                        NDArray of(NDArray x, NDArray logits) {
                          return super.of(x, logits.neg());
                        }
                      });
                }
              });
    }
  }

  @Test
  void singleValuesOfAnotherFamilyFail() {
    ContractRun.of(OtherValues.class)
        .failsOnly("fewerValuesAreOfTheSameFamily", "ofValues(1) gives value 0");
  }

  static class GoodBell extends Unregistered {
    GoodBell() {
      super(Bell::new, ValueKinds.REAL);
    }
  }

  static class GoodCounts extends Unregistered {
    GoodCounts() {
      super(Geometric::new, ValueKinds.COUNT);
    }
  }

  static class GoodCategories extends Unregistered {
    GoodCategories() {
      super(Categories::new, ValueKinds.category(3));
    }
  }

  static class GoodPositive extends Unregistered {
    GoodPositive() {
      super(Exponential::new, ValueKinds.POSITIVE);
    }
  }

  /** Data some of whose values are missing. */
  static class GoodWithGaps extends Unregistered {
    GoodWithGaps() {
      super(Exponential::new, ValueKinds.POSITIVE);
    }

    @Override
    protected DataDescription description() {
      return DataDescription.of(data(), kind(), true);
    }
  }

  /** A density that is no product over the values cannot leave missing ones out. */
  static class MixedWithGaps extends Unregistered {
    MixedWithGaps() {
      super(
          data ->
              new Bell(data) {
                @Override
                public Density of(NDArray parameters, Pass pass) {
                  return new DelegatingDensity(super.of(parameters, pass));
                }
              },
          ValueKinds.REAL);
    }

    @Override
    protected DataDescription description() {
      return DataDescription.of(data(), kind(), true);
    }
  }

  static class PerValue extends Unregistered {
    PerValue() {
      super(
          data ->
              new Coin(data) {
                @Override
                NDArray each(NDArray x, NDArray parameters) {
                  return super.each(x, parameters).expandDims(-1);
                }
              });
    }
  }

  static class Infinite extends Unregistered {
    Infinite() {
      super(
          data ->
              new Coin(data) {
                @Override
                NDArray of(NDArray x, NDArray logits) {
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
          data ->
              new Coin(data) {
                @Override
                NDArray sample(NDArray parameters, Shape leading, Noise noise) {
                  return mean(parameters).broadcast(leading.addAll(mean(parameters).getShape()));
                }
              });
    }
  }

  static class FixedAxis extends Unregistered {
    FixedAxis() {
      super(
          data ->
              new Coin(data) {
                @Override
                NDArray each(NDArray x, NDArray parameters) {
                  NDArray each = super.each(x, parameters);
                  return parameters.getShape().dimension() < 4 ? each : each.transpose(0, 2, 1);
                }
              });
    }
  }

  static class Average extends Unregistered {
    Average() {
      super(
          data ->
              new Coin(data) {
                @Override
                NDArray logProb(NDArray right) {
                  return Tensors.multiply(right, 1.0 / dimensions);
                }
              });
    }
  }

  static class TooLikely extends Unregistered {
    TooLikely() {
      super(
          data ->
              new Coin(data) {
                @Override
                NDArray of(NDArray x, NDArray logits) {
                  return super.of(x, logits).add(0.1);
                }
              });
    }
  }

  static class NoConstant extends Unregistered {
    NoConstant() {
      super(
          data ->
              new Bell(data) {
                @Override
                double constant() {
                  return 0;
                }
              },
          ValueKinds.REAL);
    }
  }

  static class OppositeDraws extends Unregistered {
    OppositeDraws() {
      super(
          data ->
              new Coin(data) {
                @Override
                NDArray sample(NDArray parameters, Shape leading, Noise noise) {
                  return super.sample(parameters, leading, noise).neg().add(1);
                }
              });
    }
  }

  /** Random numbers of the engine's, whatever the Noise. */
  static class IgnoresNoise extends Unregistered {
    IgnoresNoise() {
      super(
          data ->
              new Coin(data) {
                @Override
                NDArray sample(NDArray parameters, Shape leading, Noise noise) {
                  return super.sample(parameters, leading, Noise.ENGINE);
                }
              });
    }
  }

  /** The examples' random numbers in another order: each depends on what else is in the batch. */
  static class RowsMixed extends Unregistered {
    RowsMixed() {
      super(
          data ->
              new Coin(data) {
                @Override
                NDArray sample(NDArray parameters, Shape leading, Noise noise) {
                  NDArray reversed = parameters.flip(parameters.getShape().dimension() - 3);
                  NDArray drawn = super.sample(reversed, leading, noise);
                  return drawn.flip(leading.dimension());
                }
              });
    }
  }

  /** A category between two others. */
  static class MeanOfCategories extends Unregistered {
    MeanOfCategories() {
      super(
          data ->
              new Categories(data) {
                @Override
                NDArray pointEstimate(NDArray parameters) {
                  return mean(parameters);
                }
              },
          ValueKinds.category(3));
    }
  }

  static class WideDraws extends Unregistered {
    WideDraws() {
      super(
          data ->
              new Bell(data) {
                @Override
                NDArray sample(NDArray parameters, Shape leading, Noise noise) {
                  return Tensors.multiply(super.sample(parameters, leading, noise), 1.5);
                }
              },
          ValueKinds.REAL);
    }
  }

  static class OtherMean extends Unregistered {
    OtherMean() {
      super(
          data ->
              new Coin(data) {
                @Override
                NDArray mean(NDArray parameters) {
                  return super.mean(parameters).square();
                }
              });
    }
  }

  static class OtherKind extends Unregistered {
    OtherKind() {
      super(
          data ->
              new Coin(data) {
                @Override
                public boolean supports(ValueKind kind) {
                  return kind.equals(ValueKinds.GREY_LEVEL);
                }
              });
    }
  }

  static class ScalarOperand extends Unregistered {
    ScalarOperand() {
      super(
          data ->
              new Coin(data) {
                @Override
                @SuppressForbidden
                NDArray of(NDArray x, NDArray logits) {
                  return super.of(x, Tensors.multiply(logits.mul(2), 0.5));
                }
              });
    }
  }

  static class Detached extends Unregistered {
    Detached() {
      super(
          data ->
              new Bell(data) {
                @Override
                NDArray each(NDArray x, NDArray parameters) {
                  return super.each(x, parameters.duplicate());
                }
              },
          ValueKinds.REAL);
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
        fault(
            Infinite.class, RESULTS, "where the decoder gives +-30 returned", "Tensors.logSigmoid"),
        fault(MeansAsDraws.class, RESULTS, "which is no value of binary data: binary values are 0"),
        fault(
            FixedAxis.class,
            "severalDrawsOfTheDecoderAreTakenAtOnce",
            "logProb where the decoder's output has the shape (2, 3, 1, 6) returned the shape (2,"
                + " 6), but (2, 3) is needed"),
        fault(TooLikely.class, "probabilitiesAddUpToOne", "sums to 1.105", "values of binary data"),
        fault(NoConstant.class, "probabilitiesAddUpToOne", "integrates to 2.506"),
        fault(
            OppositeDraws.class,
            "samplesFollowTheProbabilities",
            "10000 draws do not follow exp(logProb(x))"),
        fault(
            IgnoresNoise.class,
            "drawsComeFromTheGivenNoiseAlone",
            "two draws with Noise.ofExamples of the same seeds differ"),
        fault(
            RowsMixed.class,
            "drawsComeFromTheGivenNoiseAlone",
            "with Noise.ofExamples the draw of row 0 is",
            "from its own row of the Noise"),
        fault(
            MeanOfCategories.class,
            RESULTS,
            "pointEstimate returned",
            "which is no value of category data"),
        fault(
            WideDraws.class,
            "samplesFollowTheProbabilities",
            "10000 draws do not follow exp(logProb(x))"),
        fault(
            OtherMean.class, "meanIsTheExpectedValue", "the expectation under exp(logProb(x)) is"),
        fault(
            OtherKind.class,
            "parametersAndKindsAreTold",
            "supports(binary) is false, but the data of this test are of that kind"),
        fault(
            MixedWithGaps.class,
            "missingValuesCanBeLeftOut",
            "values may be missing, so the distribution must be Factorised"),
        fault(
            ScalarOperand.class,
            "gradientsSurviveAGarbageCollection",
            "the gradient by the decoder's output changes"),
        fault(
            Detached.class,
            "gradientsMatchFiniteDifferences",
            "the gradient by the decoder's output",
            "no gradient arrives"));
  }

  @Test
  void averagesOverValuesAreFound() {
    ContractRun run = ContractRun.of(Average.class);

    run.failsAlso("logProbIsTheSumOverTheValues", "do not average");
    run.failsAlso("logProbIsTheSumOfLogProbEach", "but logProbEach sums to");
    run.failsNothingBut(List.of("logProbIsTheSumOverTheValues", "logProbIsTheSumOfLogProbEach"));
  }

  private static Arguments fault(Class<?> broken, String test, String... message) {
    return Arguments.of(broken, test, List.of(message));
  }
}
