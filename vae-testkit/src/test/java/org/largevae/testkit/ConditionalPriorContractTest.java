package org.largevae.testkit;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionalPriorContractTest {
  private static final String RESULTS = "conditionalPriorsAreFiniteAndOfTheRightShape";
  private static final String ROWS = "eachRowOfLatentsAboveHasItsOwnDistribution";
  private static final String COUNT = "theLatentsOfEveryLevelAboveCount";

  @Test
  void aGoodConditionalPriorPasses() {
    ContractRun.of(BrokenConditionalPriors.Good.class).passes(29);
  }

  @Test
  void oneLevelAboveIsEnough() {
    ContractRun.of(BrokenConditionalPriors.OneLevelAbove.class).passes(29);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultFailsItsTestAlone(Class<?> broken, String test, List<String> message) {
    ContractRun.of(broken).failsOnly(test, message.toArray(String[]::new));
  }

  static List<Arguments> faults() {
    return List.of(
        fault(
            BrokenConditionalPriors.FirstDrawForAll.class,
            ROWS,
            "given(above), latents above of shape (S, B, M), gives",
            "rows must not depend on each other"),
        fault(
            BrokenConditionalPriors.FirstDrawOnly.class,
            RESULTS,
            "at latents above of leading axes (2, 3) says that it is a batch (3) over (3), but it"
                + " must be a batch (2, 3) over (3)"),
        fault(
            BrokenConditionalPriors.IgnoresAll.class,
            COUNT,
            "does not change with the latents of the first level above, top first",
            "p(z) that depends on nothing is a prior of a top level"),
        fault(
            BrokenConditionalPriors.IgnoresTheSecondLevel.class,
            COUNT,
            "does not change with the latents of the second level above",
            "read all of above.levels()"),
        fault(
            BrokenConditionalPriors.Detached.class,
            "gradientsMatchFiniteDifferences",
            "the gradient by the latents of the first level above at position",
            "no gradient arrives"),
        fault(
            BrokenConditionalPriors.BatchCentred.class,
            ROWS,
            "given(above), latents above of shape (B, M), gives",
            "rows must not depend on each other"),
        fault(
            BrokenConditionalPriors.ScalarOperand.class,
            "gradientsSurviveAGarbageCollection",
            "Tensors.multiply"),
        fault(
            BrokenConditionalPriors.AnySize.class,
            "latentsAboveOfOtherSizesAreRefused",
            "given(above) takes latents above of the sizes",
            "though it was made for [4, 2]: throw a ShapeException"),
        fault(
            BrokenConditionalPriors.Unbounded.class, RESULTS, "keep log variances within bounds"));
  }

  @Test
  void drawsThatAreNotTheDensitysAreFound() {
    ContractRun run = ContractRun.of(BrokenConditionalPriors.WideDraws.class);

    run.failsAlso("samplesFollowTheDensity", "draws do not follow");
    run.failsAlso("steinsIdentitiesHoldNearTheStart", "draws have another spread");
    run.failsNothingBut(List.of("samplesFollowTheDensity", "steinsIdentitiesHoldNearTheStart"));
  }

  private static Arguments fault(Class<?> broken, String test, String... message) {
    return Arguments.of(broken, test, List.of(message));
  }
}
