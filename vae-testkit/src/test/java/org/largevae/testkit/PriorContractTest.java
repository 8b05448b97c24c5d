package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.data.ModelShape;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;

class PriorContractTest {
  private static final String RESULTS = "logDensitiesAndDrawsAreFiniteAndOfTheRightShape";
  private static final String FOLLOWS = "samplesFollowTheDensity";
  private static final String STEIN = "steinsIdentitiesHoldNearTheStart";
  private static final String FAR = "steinsIdentitiesHoldFarFromTheStart";

  @Test
  void aGoodPriorPasses() {
    ContractRun.of(Good.class).passes(28);
  }

  static class Good extends PriorContract {
    @Override
    protected PriorProvider<?> provider() {
      return new LearntGaussianProvider();
    }

    @Override
    protected List<String> badConfigurations() {
      return List.of("scale = 100", "scale = 0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        BrokenDensities.GoodMixture.class,
        ExamplePriors.PseudoInputs.class,
        ExamplePriors.Examples.class,
        BrokenStates.Good.class,
        BrokenProviders.Right.class
      })
  void rightOnesPassThoughTheyAreSpecial(Class<?> right) {
    ContractRun.of(right).passes(25);
  }

  @ParameterizedTest
  @MethodSource({"priors", "parameters", "states", "providers"})
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
        fault(BrokenPriors.Underflow.class, RESULTS, "+-20", "-Infinity", "logSumExpLast"),
        fault(
            BrokenPriors.ShortSample.class,
            RESULTS,
            "sample((3)) returned the shape (1, 3, 3), but (3, 3) is needed"),
        fault(
            BrokenPriors.NotNormalised.class,
            "densityIntegratesToOne",
            "integrates to 2.506",
            "over one dimension",
            "log(2 pi) / 2"),
        fault(
            BrokenPriors.ConstantOfOneDimension.class,
            "densityIntegratesToOne",
            "over 2 dimensions, not to 1: count each constant once a dimension"),
        fault(
            BrokenDensities.BoundTooHigh.class,
            "densityIntegratesToOne",
            "integrates to 1.648",
            "but a lower bound to at most 1"),
        fault(
            BrokenDensities.DividedByTheNumberOfNeighbours.class,
            "densityIntegratesToOne",
            "but a lower bound to at most 1",
            "a sum over some of K components is divided by K, not by how many they are"),
        fault(
            BrokenDensities.BoundTooLow.class,
            "aLowerBoundIsNotFarBelowAtTheStart",
            "integrates to 0.0067",
            "before any training",
            "says nothing of it"),
        fault(
            BrokenDensities.OptimisticNormaliser.class,
            "densityIntegratesToOne",
            "integrates to 1.105",
            "which normaliser() (log Z = -0.1000 +- 0.0025, upper end -0.0900) does not allow",
            "it is optimistic"),
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
            BrokenPriors.IgnoresNoise.class,
            "drawsComeFromTheGivenNoiseAlone",
            "two draws with Noise.ofExamples of the same seeds differ"),
        fault(BrokenPriors.SampleOfItsOwnManager.class, "resultsBelongToThePass", "pass.manager()"),
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
            BrokenPriors.OtherEachTime.class,
            "twoCallsAtOneValueGiveTheSame",
            "a density is a function",
            "where the distribution is made"),
        fault(
            BrokenPriors.OtherLogProbOfDraws.class,
            "drawsCarryTheirLogDensity",
            "draw() gives its values the log-densities",
            "both must be of one distribution"),
        fault(
            BrokenPriors.OtherMean.class,
            "theMeanIsThatOfTheDraws",
            "but 10000 draws have the mean"),
        fault(
            BrokenPriors.MapLeavesAParameter.class,
            "aDetachedDistributionIsTheSameWithoutGradients",
            "a gradient by parameter \"mean\" reaches through detached()"),
        fault(
            BrokenPriors.MapForgets.class,
            "aDetachedDistributionIsTheSameWithoutGradients",
            "map(change) must give each parameter of the distribution to its change"),
        fault(
            BrokenPriors.PointsOutOfBounds.class,
            "pseudoInputsLieInTheData",
            "beyond the data's bounds, 0.0 to 1.0"));
  }

  static List<Arguments> parameters() {
    return List.of(
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
            "[mean1, log_variance] and [mean3, log_variance]"));
  }

  static List<Arguments> states() {
    return List.of(
        fault(
            BrokenStates.InAField.class,
            "passesDependOnParametersStateAndSeedOnly",
            "keeps something from pass to pass that is not in block()",
            "ParameterBlock.addState"),
        fault(
            BrokenStates.ChangedInInference.class,
            "onlyTrainingChangesState",
            "parameter \"shift\" is changed by a pass that does not train",
            "pass.isTraining()"));
  }

  static List<Arguments> providers() {
    String sound = "theSettingsRecordIsSound";
    String accepted = "theConfigurationIsAccepted";
    String bad = "badConfigurationsAreConfigurationErrors";
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
        fault(BrokenProviders.NoSetting.class, sound, "Plain.scale carries no @Setting"),
        fault(
            BrokenProviders.DefaultOutOfBounds.class,
            sound,
            "Small.scale refuses its own default: scale = 0: must be above 0"),
        fault(
            BrokenProviders.FullStop.class,
            sound,
            "the meaning of scale is \"The scale.\": make it a clause"),
        fault(
            BrokenProviders.UnderscoreInASection.class,
            sound,
            "the key \"the_scale\" is not lower-case words joined by hyphens"),
        fault(
            BrokenProviders.RequiredKeyNotGiven.class,
            accepted,
            "the setting \"scale\" has no default, so configuration() of this test has to give it",
            "with a number"),
        fault(
            BrokenProviders.UnknownKey.class,
            accepted,
            "configuration() sets \"skale\", which is no setting of the record",
            "did you mean scale?"),
        fault(
            BrokenProviders.RefusesItsDefaults.class,
            accepted,
            "are refused: model.prior.scale = 1: must be what it is not",
            "the defaults of learnt-gaussian"),
        fault(BrokenProviders.Lenient.class, bad, "scale = 9 is accepted", "SettingException"),
        fault(
            BrokenProviders.AnotherException.class,
            bad,
            "scale = 9 gives java.lang.IllegalStateException",
            "throw a SettingException(key, rule) instead"),
        fault(
            BrokenProviders.AnotherKey.class, bad, "does not name the full key model.prior.scale"));
  }

  @ParameterizedTest
  @MethodSource("mismatches")
  void drawsThatAreNotTheDensitysAreFound(Class<?> broken, List<String> tests, String message) {
    ContractRun run = ContractRun.of(broken);

    run.failsAlso(tests.get(0), message);
    run.failsNothingBut(tests);
  }

  static List<Arguments> mismatches() {
    String mass = "densityIntegratesToOneFarFromTheStart";
    return List.of(
        Arguments.of(
            BrokenPriors.NarrowSample.class,
            List.of(FOLLOWS, STEIN),
            "10000 draws do not follow exp(logProb(z))"),
        Arguments.of(
            BrokenPriors.CorrelatedSample.class, List.of(FOLLOWS, STEIN), "P(1 z1 + 1 z2 <= "),
        Arguments.of(
            BrokenPriors.CorrelatedSample.class,
            List.of(STEIN, FOLLOWS),
            "latents depend on each other in another way"),
        Arguments.of(
            BrokenDensities.VarianceForScale.class,
            List.of(STEIN, FOLLOWS),
            "is the scale exp(log variance / 2)"),
        Arguments.of(
            BrokenDensities.LogSumExpOfEachLatent.class,
            List.of(STEIN, FOLLOWS),
            "sum over latents before the log-sum-exp over components"),
        Arguments.of(
            BrokenDensities.FirstComponentsOnly.class,
            List.of(FOLLOWS, STEIN, "theMeanIsThatOfTheDraws", "densityIntegratesToOne"),
            "10000 draws do not follow exp(logProb(z))"),
        Arguments.of(
            BrokenDensities.InverseLeftOut.class,
            List.of(FAR, mass),
            "with parameters far from their start, where what is right for zeros is not"));
  }

  @Test
  void drawsOfAnotherSeedMustDiffer() {
    ContractRun.of(BrokenPriors.OwnSeed.class)
        .failsAlso("theSeedDecidesWhatIsDrawn", "another seed gives the same draws");
  }

  @Test
  void stateThatAGradientNeedsMustBeACopy() {
    ContractRun.of(BrokenStates.ReadInPlace.class)
        .failsAlso("gradientsMatchFiniteDifferences", "pass.value(state).duplicate()");
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
            "pseudoInputsLieInTheData",
            "org.opentest4j.TestAbortedException: not checked: "
                + RESULTS
                + " fails; mend that first");
  }

  @Test
  void whatAnEstimateCannotPromiseIsSkippedVisibly() {
    ContractRun bound = ContractRun.of(BrokenDensities.LowerBound.class);
    ContractRun estimate = ContractRun.of(BrokenDensities.Estimate.class);

    bound.passes(22);
    estimate.passes(20);
    assertThat(bound.skips()).doesNotContainKey("densityIntegratesToOne");
    assertThat(bound.skips().get(STEIN)).contains("logProb is of kind LOWER_BOUND");
    assertThat(estimate.skips().get("densityIntegratesToOne"))
        .contains("logProb is an estimate without a normaliser(), whose mass need not be 1");
    assertThat(estimate.skips().get(FAR)).contains("logProb is of kind ESTIMATE");
    assertThat(ContractRun.of(BrokenDensities.EstimatedNormaliser.class).skips())
        .doesNotContainKey("densityIntegratesToOne");
  }

  static class OnTheSphere extends BrokenPriors.Broken {
    @Override
    protected final LatentSpace latentSpace() {
      return LatentSpace.sphere();
    }

    @Override
    Prior prior(ModelShape shape) {
      return new SpherePrior();
    }
  }

  static class InTheBall extends OnTheSphere {
    @Override
    Prior prior(ModelShape shape) {
      return new SpherePrior() {
        @Override
        NDArray placed(NDArray points) {
          NDArray half = points.getManager().create(0.5f);
          return super.placed(points).mul(half);
        }
      };
    }
  }

  @Test
  void latentsMayLiveElsewhere() {
    ContractRun run = ContractRun.of(OnTheSphere.class);

    run.passes(20);
    assertThat(run.skips().get(STEIN)).contains("latents live on the unit sphere");
    assertThat(run.skips().get("densityIntegratesToOne")).contains("not in all of R^M");
    ContractRun.of(InTheBall.class)
        .failsOnly("drawsLieInTheSpaceOfLatents", "does not lie in the unit sphere");
  }

  @Test
  void skippedTestsAreShownWithTheirReasons() {
    List<String> shown = ContractRun.logged(OnTheSphere.class);

    assertThat(shown).hasSize(1);
    assertThat(shown.get(0))
        .startsWith("skipped in " + OnTheSphere.class.getName() + ":")
        .contains("\n  " + STEIN + ": latents live on the unit sphere, not in all of R^M")
        .contains("\n  serviceLoaderFindsTheProvider: isRegistered() is false");
  }

  private static Arguments fault(Class<?> broken, String test, String... message) {
    return Arguments.of(broken, test, List.of(message));
  }
}
