package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.largevae.core.results.BaselineResult;
import org.largevae.core.results.LevelResult;
import org.largevae.core.results.NormaliserResult;
import org.largevae.core.results.PartitionResult;

class ResultsTableTest {

  @Test
  void largeNumbersKeepAGapBetweenColumns() {
    String table = table(result(17942.538, 3619.29, "exact"), result(16820.647, 2991.3, "exact"));

    assertThat(table)
        .contains("  17942.538 +- 3619.290  16820.647 +- 2991.300\n")
        .startsWith(" ".repeat(22 + 23 - 4) + "test" + " ".repeat(23 - 10) + "validation\n");
    assertThat(table.lines().map(String::length)).containsOnly(22 + 23 + 23);
  }

  @Test
  void whatFixedDecimalsCannotShowHasAnExponent() {
    assertThat(table(result(1.5e18, 3e-7, "exact"), result(0, 0, "exact")))
        .contains("  1.500e+18 +- 3.000e-07", "  0.000 +- 0.000\n");
    assertThat(table(result(Double.NaN, Double.POSITIVE_INFINITY, "exact"), result(1, 1, "exact")))
        .contains("  NaN +- Infinity");
  }

  @Test
  void whatOneExampleDoesNotTellIsLeftOut() {
    PartitionResult one =
        new PartitionResult(
            90.5, null, 0.1665, -94.25, -70, 24.25, null, 120.5, 500, 1, null, "exact", null, null);
    assertThat(table(one, one))
        .containsPattern("-log p\\(x\\), nats +90.500 +90.500\n")
        .containsPattern("active units +- +-\n")
        .doesNotContain("+-", "baseline");
  }

  @Test
  void theBaselineStandsBesideTheResult() {
    PartitionResult result = result(1.5e18, 1e9, "exact").beside(new BaselineResult(-3.25e11, 0));
    assertThat(table(result, result(1, 1, "exact")))
        .containsPattern("-log p\\(x\\), nats +1.500e\\+18 \\+- 1.000e\\+09  +1.000 \\+- 1.000\n")
        .containsPattern("baseline, nats +-3.250e\\+11 +\n")
        .containsPattern("baseline, bits +0.0000 +\n");
  }

  @Test
  void boundsAndEstimatesAreMarkedWhereverALikelihoodWouldStand() {
    assertThat(table(result(90.5, 0.25, "lower-bound"), result(91.5, 0.26, "lower-bound")))
        .containsPattern(
            "-log p\\(x\\), nats +at most 90.500 \\+- 0.250 +at most 91.500 \\+- 0.260\n")
        .containsPattern("bits per dimension +at most 0.1665 +at most 0.1665\n")
        .containsPattern("ELBO, nats +-94.250 +-94.250\n");
    assertThat(table(result(90.5, 0.25, "estimate"), result(91.5, 0.26, "estimate")))
        .containsPattern("-log p\\(x\\), nats +about 90.500 \\+- 0.250 +about 91.500 \\+- 0.260\n")
        .containsPattern("ELBO, nats +about -94.250 +about -94.250\n")
        .containsPattern("KL, nats +about [0-9.]+ +about [0-9.]+\n");
    assertThat(table(result(90.5, 0.25, "exact"), result(91.5, 0.26, null)))
        .doesNotContain("at most", "about");
  }

  @Test
  void anEstimatedNormaliserShowsThePessimisticEnd() {
    PartitionResult exact = result(91.5, 0.26, "exact");
    PartitionResult estimate =
        new PartitionResult(
            90.5,
            0.25,
            0.1665,
            -94.25,
            -70,
            24.25,
            38,
            120.5,
            500,
            1000,
            null,
            "estimate",
            new NormaliserResult(-1.04321, 0.0012, 90.5032),
            null);
    assertThat(table(estimate, exact))
        .containsPattern("-log p\\(x\\), nats +about 90.500 \\+- 0.250 +91.500 \\+- 0.260\n")
        .containsPattern("pessimistic, nats +90.503 +\n")
        .containsPattern("log Z of the prior +-1.0432 \\+- 0.0012 +\n");
    assertThat(table(exact, exact)).doesNotContain("pessimistic", "log Z");
  }

  @Test
  void levelsStandBelowWhatTheyAddUpTo() {
    PartitionResult one = result(90.5, 0.25, "exact");
    PartitionResult two =
        new PartitionResult(
            90.5,
            0.25,
            0.1665,
            -94.25,
            -70,
            24.25,
            38,
            120.5,
            500,
            1000,
            null,
            "exact",
            null,
            null,
            List.of(new LevelResult(2, 40, 4.25, 8), new LevelResult(1, 50, 20, 30)));
    assertThat(table(two, two))
        .containsPattern(
            "KL, nats +24.250 +24.250\n  level 2 +4.250 +4.250\n  level 1 +20.000 +20.000\n")
        .containsPattern(
            "active units +38 +38\n  level 2 +8 of 40 +8 of 40\n  level 1 +30 of 50 +30 of 50\n");
    assertThat(table(one, one)).doesNotContain("level");
  }

  private static String table(PartitionResult test, PartitionResult validation) {
    return ResultsTable.of(
        List.of(
            new ResultsTable.PartitionColumn("test", test),
            new ResultsTable.PartitionColumn("validation", validation)));
  }

  private static PartitionResult result(double nll, double error, String priorDensity) {
    return new PartitionResult(
        nll,
        error,
        0.1665,
        -94.25,
        -70,
        24.25,
        38,
        120.5,
        500,
        1000,
        null,
        priorDensity,
        null,
        null);
  }
}
