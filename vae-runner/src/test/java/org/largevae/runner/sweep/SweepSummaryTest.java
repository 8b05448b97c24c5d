package org.largevae.runner.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.files.OutputException;
import org.largevae.core.results.BaselineResult;
import org.largevae.core.results.Fidelity;
import org.largevae.core.results.NormaliserResult;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.results.Results;
import org.largevae.core.results.SampleResult;
import org.largevae.core.results.TrainingSpeed;

/** Means, spreads and the comparison with a printed table, of results that are made up. */
class SweepSummaryTest {
  private static final String TEXT =
      """
      axes {
        model.latent-size = [2, 3]
        model.prior.type = [standard, vampprior]
        experiment.seed = [1, 2, 3]
      }
      printed {
        title = "A print"
        measure = nll
        versus = model.prior.type
        cells = [
          { model.latent-size = 2, model.prior.type = standard, value = 11 }
          { model.latent-size = 2, model.prior.type = vampprior, value = 10.5 }
          { model.latent-size = 3, model.prior.type = standard, value = 9 }
          { model.latent-size = 3, model.prior.type = vampprior, value = 9.25 }
        ]
      }
      """;

  @TempDir private Path folder;
  private SweepFixture fixture;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new SweepFixture(folder);
  }

  @Test
  void theSpreadIsTheSampleStandardDeviation() {
    Spread spread = Spread.of(2, 4, 9);

    assertThat(spread.count()).isEqualTo(3);
    assertThat(spread.mean()).isEqualTo(5);
    assertThat(spread.standardDeviation()).isCloseTo(Math.sqrt(13), within(1e-12));
    assertThat(Spread.of(4).standardDeviation()).isNaN();
    assertThat(Spread.of().mean()).isNaN();
  }

  @Test
  void groupsAreOverTheSeedsAndHeldAgainstThePrint() throws IOException {
    // latent size 2: standard 10, 11, 12; vampprior 9.8, 10, 10.2; latent size 3: equal
    String markdown = summary(10, 11, 12, 9.8, 10, 10.2, 9, 9, 9, 9, 9, 9).markdown();

    assertThat(markdown)
        .contains("### A print: print beside measured, -log p(x), nats")
        .containsPattern(
            "\\| 2 +\\| +11.000 \\| 11.00 ± 1.00 \\(n=3\\) \\| +\\+0.00 \\| +10.500 \\|"
                + " 10.00 ± 0.20 \\(n=3\\) \\| +-0.50 \\| vampprior by 0.50 \\|"
                + " vampprior by 1.00 +\\|")
        .containsPattern("\\| 3 +\\| +9.000 .* standard by 0.25 \\| +neither \\|")
        .containsPattern("\\| 2 +\\| standard +\\| +3 \\| +11.00 ± 1.00 \\|")
        .doesNotContain("Not as defined", "no results");
  }

  @Test
  void aWinByLessThanTheSpreadSaysSo() throws IOException {
    assertThat(summary(10, 11, 12, 10, 10.8, 11, 9, 9, 9, 8, 8, 8).markdown())
        .contains("vampprior by 0.40 (< spread)")
        .contains("vampprior by 1.00 |");
  }

  @Test
  void whatNoRunKnowsHasNoColumnAndABaselineThatIsBetterIsAWarning() throws IOException {
    Sweep sweep = fixture.plan("axes { experiment.seed = [1, 2] }");
    List<MemberOutcome> outcomes = outcomes(sweep, new double[] {1.5e18, 2e18});
    assertThat(SweepSummary.of(sweep, outcomes).markdown())
        .contains("| 1.75e+18 ± 3.54e+17 |")
        .doesNotContain("baseline", "coverage", "- ± -");
    List<MemberOutcome> beside =
        outcomes.stream().map(outcome -> beside(outcome, new BaselineResult(20.5, 1.48))).toList();
    SweepSummary summary = SweepSummary.of(sweep, beside);
    assertThat(summary.markdown())
        .contains("**2 of 2 members have a worse -log p(x) than the baseline")
        .containsPattern("\\| +20.50 ± 0.00 \\| .* \\| +1.4800 ± 0.0000 \\|");
    summary.write(folder.resolve("out"));
    List<String> csv = Files.readAllLines(folder.resolve("out/sweep.csv"));
    assertThat(csv.get(0))
        .contains("test-nll-standard-error,test-baseline-nll,test-baseline-bits-per-dimension,");
    assertThat(csv.get(1)).contains(",20.5,1.48,exact,");
    assertThat(folder.resolve("out/report.html")).content().contains("<td>20.50</td>");
  }

  @Test
  void coverageOfDrawsStandsBesideThatOfTrainingData() throws IOException {
    Sweep sweep = fixture.plan("axes { experiment.seed = [1, 2] }");
    Fidelity drawn = new Fidelity(0.5, 0.25, 0.75, 0.625);
    Fidelity ideal = new Fidelity(1, 1, 1, 0.96875);
    List<MemberOutcome> outcomes =
        outcomes(sweep, new double[] {9, 10}).stream()
            .map(outcome -> with(outcome, new SampleResult(64, 5, drawn, null, ideal, 0.125)))
            .toList();
    SweepSummary summary = SweepSummary.of(sweep, outcomes);
    assertThat(summary.markdown())
        .containsPattern("coverage \\| +coverage, training data \\| .*s/1,000 samples \\|")
        .contains(" 0.625 ± 0.000 |", " 0.969 ± 0.000 |", " 0.125 ± 0.000 |")
        .doesNotContain("coverage, means");
    summary.write(folder.resolve("out"));
    assertThat(Files.readAllLines(folder.resolve("out/sweep.csv")).get(1))
        .endsWith(",0.5,0.25,0.75,0.625,,,,,1.0,1.0,1.0,0.96875,0.1,320.0,0.01,0.125");
  }

  @Test
  void oneTestExampleLeavesFieldsEmpty() throws IOException {
    Sweep sweep = fixture.plan("axes { experiment.seed = [1] }");
    PartitionResult one =
        new PartitionResult(9.0, null, 0.6, -10, -8, 2, null, 5, 20, 1, null, "exact", null, null);
    MemberOutcome outcome = outcomes(sweep, new double[] {9}).get(0);
    SweepSummary summary = SweepSummary.of(sweep, List.of(with(outcome, one)));
    assertThat(summary.markdown()).doesNotContain("NaN", "null", "collapsed");
    summary.write(folder.resolve("out"));
    assertThat(Files.readString(folder.resolve("out/sweep.csv")))
        .contains(",9.0,,,,exact,")
        .doesNotContain("null", "NaN");
  }

  @Test
  void estimatedNormalisersHaveColumnsWhereThereAreAny() throws IOException {
    Sweep sweep = fixture.plan("axes { experiment.seed = [1, 2] }");
    List<MemberOutcome> outcomes = outcomes(sweep, new double[] {9, 10});
    assertThat(SweepSummary.of(sweep, outcomes).markdown()).doesNotContain("pessimistic");
    PartitionResult estimate =
        new PartitionResult(
            9.0,
            0.5,
            0.6,
            -10,
            -8,
            2,
            3,
            5,
            20,
            100,
            null,
            "estimate",
            new NormaliserResult(-1.5, 0.25, 9.75),
            null);
    SweepSummary summary =
        SweepSummary.of(sweep, List.of(with(outcomes.get(0), estimate), outcomes.get(1)));
    assertThat(summary.markdown()).contains("| pessimistic, nats |").contains(" about 9.50");
    summary.write(folder.resolve("out"));
    List<String> csv = Files.readAllLines(folder.resolve("out/sweep.csv"));
    assertThat(csv.get(0))
        .contains(
            "test-nll-standard-error,test-pessimistic-nll,test-log-normaliser,"
                + "test-log-normaliser-standard-error,test-baseline-nll,");
    assertThat(csv.get(1)).contains(",9.0,0.5,9.75,-1.5,0.25,,,estimate,");
    assertThat(csv.get(2)).contains(",,,,,,exact,");
    assertThat(folder.resolve("out/report.html"))
        .content()
        .contains("about 9.00 ± 0.50, pessimistic 9.75");
  }

  private static MemberOutcome beside(MemberOutcome outcome, BaselineResult baseline) {
    return with(outcome, outcome.results().orElseThrow().test().beside(baseline));
  }

  private static MemberOutcome with(MemberOutcome outcome, PartitionResult test) {
    return with(outcome, test, null);
  }

  private static MemberOutcome with(MemberOutcome outcome, SampleResult samples) {
    return with(outcome, outcome.results().orElseThrow().test(), samples);
  }

  private static MemberOutcome with(
      MemberOutcome outcome, PartitionResult test, SampleResult samples) {
    Results results = outcome.results().orElseThrow();
    return new MemberOutcome(
        outcome.member(),
        outcome.folder(),
        outcome.state(),
        0,
        "",
        Optional.of(
            new Results(
                results.dataset(),
                results.prior(),
                results.likelihood(),
                results.latentSize(),
                results.seed(),
                3,
                2,
                test,
                test,
                results.train(),
                results.parameters(),
                samples)));
  }

  @Test
  void membersWithoutResultsLeaveTheirGroupSmaller() throws IOException {
    String markdown =
        summary(10, 12, Double.NaN, 9, 9, 9, Double.NaN, Double.NaN, Double.NaN, 8, 8, 8)
            .markdown();

    assertThat(markdown)
        .contains("**4 of 12 members have no results.**")
        .containsPattern("\\| 2 +\\| standard +\\| 2 of 3 \\| +11.00 ± 1.41 \\|")
        .containsPattern("\\| 3 +\\| standard +\\| 0 of 3 \\| +- \\|")
        .containsPattern("\\| 3 +\\| +9.000 \\| +- \\| +- \\|")
        .containsPattern("latent-size-2-standard-seed-3 \\| failed \\| 3 +\\| no space left");
  }

  @Test
  void anythingButTheProtocolIsMarked() throws IOException {
    Sweep sweep = fixture.plan(TEXT, "training.epochs=2");
    SweepSummary summary = SweepSummary.of(sweep, outcomes(sweep, new double[12]));

    assertThat(summary.markdown())
        .contains("**Not as defined: run with training.epochs=2.")
        .contains("not the protocol of the published figures");
  }

  @Test
  void theFilesHoldOneRowACellEveryDigitAndTheRunsSideBySide() throws IOException {
    Path output = folder.resolve("out");
    summary(10.123456789, 11, 12, 9, 9, 9, 9, 9, 9, 9, 9, 9).write(output);

    List<String> csv = Files.readAllLines(output.resolve("sweep.csv"));
    assertThat(csv).hasSize(13);
    assertThat(csv.get(0))
        .startsWith(
            "member,model.latent-size,model.prior.type,experiment.seed,folder,state,exit,reason,"
                + "epochs,best-epoch,test-nll,");
    assertThat(csv.get(1))
        .startsWith("latent-size-2-standard-seed-1,2,standard,1,latent-size-2-standard-seed-1,done")
        .contains("10.123456789");
    assertThat(output.resolve("report.html"))
        .content()
        .contains("A print: print beside measured", "Rate and distortion", "10.12 \u00b1 0.10")
        .contains("href=\"latent-size-2-standard-seed-1/report.html\"")
        .doesNotContain("src=\"http", "Validation loss per epoch");
  }

  @Test
  void cellsOfTheSameMembersAreShownOnce() throws IOException {
    Sweep sweep =
        fixture.plan(
            """
            axes {
              model.prior.pseudo-inputs = [3, 5]
              model.prior.type = [standard, vampprior]
            }
            """);
    Path output = folder.resolve("out");

    SweepSummary.of(sweep, outcomes(sweep, new double[] {10, 9, 8})).write(output);

    String page = Files.readString(output.resolve("report.html"));
    assertThat(page).containsOnlyOnce("href=\"pseudo-inputs-3-standard/report.html\"");
    assertThat(Files.readAllLines(output.resolve("sweep.csv"))).hasSize(5);
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldWithTheReason() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> summary(new double[12]).write(file))
        .isInstanceOf(OutputException.class)
        .hasMessageContaining(file + ": cannot be written: it is a file")
        .hasMessageContaining("the runs are kept");
  }

  private SweepSummary summary(double... values) throws IOException {
    Sweep sweep = fixture.plan(TEXT);
    return SweepSummary.of(sweep, outcomes(sweep, values));
  }

  /** A member for which there is no value has failed. */
  private List<MemberOutcome> outcomes(Sweep sweep, double[] values) {
    List<MemberOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Member member = sweep.members().get(i);
      boolean failed = Double.isNaN(values[i]);
      outcomes.add(
          new MemberOutcome(
              member,
              folder.resolve("out").resolve(member.name()),
              failed ? MemberOutcome.State.FAILED : MemberOutcome.State.DONE,
              failed ? 3 : 0,
              failed ? "no space left" : "",
              failed ? Optional.empty() : Optional.of(results(member, values[i]))));
    }
    return outcomes;
  }

  private static Results results(Member member, double nll) {
    PartitionResult test =
        new PartitionResult(
            nll,
            0.1,
            nll / 13.86,
            -nll - 1,
            -nll + 2,
            3 + nll / 9,
            2,
            5,
            20,
            4,
            null,
            "exact",
            null,
            null);
    return new Results(
        "images",
        member.experiment().prior(),
        "discretized-logistic",
        (int) member.experiment().section("model").longInteger("latent-size"),
        member.experiment().seed(),
        3,
        2,
        test,
        test,
        new TrainingSpeed(0.1, 320, 0.01),
        null,
        null);
  }
}
