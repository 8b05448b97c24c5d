package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.prior.PriorProvider;

class PriorContractTest {
  private static final String RESULTS = "logDensitiesAndDrawsAreFiniteAndOfTheRightShape";

  @Test
  void aGoodPriorPasses() {
    ContractRun.of(Good.class).passes(20);
  }

  static class Good extends PriorContract {
    @Override
    protected PriorProvider provider() {
      return new LearntGaussianProvider();
    }

    @Override
    protected List<String> badConfigurations() {
      return List.of("scale = 100", "scale = 0");
    }
  }

  @ParameterizedTest
  @MethodSource({"priors", "providers"})
  void aFaultFailsItsTestAlone(Class<?> broken, String test, List<String> message) {
    ContractRun.of(broken).failsOnly(test, message.toArray(String[]::new));
  }

  static List<Arguments> priors() {
    return List.of(
        fault(
            BrokenPriors.WrongShape.class,
            RESULTS,
            "logProb of z near 0, shape (3, 3) returned the shape (3, 1), but (3) is needed: one"
                + " value a row; sum over the last axis"),
        fault(
            BrokenPriors.WrongShares.class,
            "componentsMakeUpTheDensity",
            "the log-sum-exp of componentLogProb is",
            "the weight included"),
        fault(BrokenPriors.Underflow.class, RESULTS, "+-20", "-Infinity", "logSumExpLast"),
        fault(
            BrokenPriors.ShortSample.class,
            RESULTS,
            "sample(3) returned the shape (1, 3, 3), but (3, 3) is needed"),
        fault(
            BrokenPriors.NotNormalised.class,
            "densityIntegratesToOne",
            "integrates to 2.506",
            "over one dimension",
            "log(2 pi) / 2"),
        fault(
            BrokenPriors.ConstantOfOneDimension.class,
            "densityIntegratesToOne",
            "over two dimensions, though to 1 over one: count each constant once a dimension"),
        fault(
            BrokenPriors.NarrowSample.class,
            "samplesFollowTheDensity",
            "10000 draws do not follow exp(logProb(z))"),
        fault(
            BrokenPriors.CorrelatedSample.class,
            "samplesFollowTheDensity",
            "P(1 z1 + 1 z2 <= ",
            "sample and logProb must be of one distribution"),
        fault(
            BrokenPriors.ScalarOperand.class,
            "gradientsSurviveAGarbageCollection",
            "the gradient by z changes",
            "Tensors.multiply"),
        fault(
            BrokenPriors.CutByCast.class,
            "gradientsMatchFiniteDifferences",
            "the gradient by z is",
            "no gradient arrives",
            "Tensors.toFloat64"),
        fault(
            BrokenPriors.CutByCopy.class,
            "gradientsMatchFiniteDifferences",
            "the gradient by parameter \"mean\" at position 0",
            "no gradient arrives"),
        fault(
            BrokenPriors.OwnRandom.class,
            "theSeedDecidesWhatIsDrawn",
            "the same seed gives other draws",
            "randomNormal"),
        fault(
            BrokenPriors.OwnSeed.class,
            "theSeedDecidesWhatIsDrawn",
            "another seed gives the same draws"),
        fault(BrokenPriors.OwnManager.class, "resultsBelongToThePass", "pass.manager()"),
        fault(
            BrokenPriors.Leak.class,
            "passesLeaveNoArraysBehind",
            "5 passes leave 20 arrays behind",
            "NDScope.unregister"),
        fault(
            BrokenPriors.ClosesItsInput.class,
            "nothingThatIsNotTheirsIsClosed",
            "an input was closed while computing"),
        fault(
            BrokenPriors.KeepsAnArray.class,
            "passesDoNotNeedEarlierOnes",
            "a second pass fails",
            "keep no array of a pass in a field"),
        fault(
            BrokenParameters.OutsideTheBlock.class,
            "valuesOfParametersCanBeLoadedIntoAnotherComponent",
            "not among the parameters of block()"),
        fault(
            BrokenParameters.ParameterOfItsOwnManager.class,
            "parametersAreMadeWithTheManagerOfTheStart",
            "parameter \"mean\" is made with another manager than start.manager()"),
        fault(
            BrokenParameters.UnseededStart.class,
            "theSameSeedGivesTheSameStart",
            "parameter \"mean\" starts with other values under the same seed"),
        fault(
            BrokenParameters.InfiniteStart.class,
            "initializeGivesEveryParameterAStart",
            "parameter \"mean\" starts with NaN or infinite values"),
        fault(
            BrokenParameters.NamesChange.class,
            "parameterNamesAreUniqueAndStable",
            "[mean0, log_variance] and [mean1, log_variance]"),
        fault(
            BrokenPriors.PointsOutOfBounds.class,
            "pseudoInputsLieInTheData",
            "beyond the data's bounds, 0.0 to 1.0"));
  }

  static List<Arguments> providers() {
    return List.of(
        fault(
            BrokenProviders.Name.class,
            "nameIsLowerCaseWordsJoinedByHyphens",
            "name() is \"LearntGaussian\"",
            "gaussian-mixture"),
        fault(
            BrokenProviders.Description.class,
            "descriptionIsOneLineWithoutAFullStop",
            "description() is \"It is a prior.\""),
        fault(
            BrokenProviders.Unregistered.class,
            "serviceLoaderFindsTheProvider",
            "META-INF/services/org.largevae.api.prior.PriorProvider",
            "needs the line \"org.largevae.testkit.BrokenProviders$Unregistered$1\""),
        fault(
            BrokenProviders.MissingDefault.class,
            "defaultsHoldEveryKeyThatIsRead",
            "\"scale\" is read but is not in defaults()"),
        fault(
            BrokenProviders.MissingOptionalKey.class,
            "defaultsHoldEveryKeyThatIsRead",
            "\"scales.first\" is read but is not in defaults()"),
        fault(
            BrokenProviders.RequiredKeyNotGiven.class,
            "defaultsHoldEveryKeyThatIsRead",
            "model.prior.scale",
            "configuration() must give the keys whose default is null"),
        fault(
            BrokenProviders.PlainConfig.class,
            "valuesOfAWrongTypeAreConfigurationErrors",
            "scale = {...} gives com.typesafe.config.ConfigException$WrongType",
            "read values with the getters of Settings"),
        fault(
            BrokenProviders.Unnamed.class,
            "valuesOfAWrongTypeAreConfigurationErrors",
            "does not name the full key model.prior.scale"),
        fault(
            BrokenProviders.Lenient.class,
            "badConfigurationsAreConfigurationErrors",
            "scale = 9 is accepted"),
        fault(
            BrokenProviders.UnknownKey.class,
            "configurationHoldsKnownKeysOnly",
            "configuration() sets \"skale\", which is not in defaults()"));
  }

  @Test
  void rowsThatDependOnEachOtherAreFound() {
    ContractRun run = ContractRun.of(BrokenPriors.RowsMixed.class);

    // the densities of a batch are then wrong as well
    run.failsAlso("eachRowHasItsOwnLogDensity", "rows must not depend on each other");
  }

  @Test
  void testsThatBuildOnAFaultAreSkippedAndSayWhy() {
    assertThat(ContractRun.of(BrokenPriors.WrongShape.class).skips())
        .containsEntry(
            "densityIntegratesToOne",
            "org.opentest4j.TestAbortedException: not checked: "
                + RESULTS
                + " fails; mend that first");
  }

  private static Arguments fault(Class<?> broken, String test, String... message) {
    return Arguments.of(broken, test, List.of(message));
  }
}
