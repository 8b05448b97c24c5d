package org.largevae.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.core.results.BaselineResult;
import org.largevae.core.results.ComponentUse;
import org.largevae.core.results.NormaliserResult;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.results.Results;

/** A bound or an estimate is never shown as a likelihood. */
class LikelihoodKindTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "lower-bound, upper bound of, at most, log p(x) is only bounded",
    "estimate, estimate of, about, log p(x) is only estimated"
  })
  void theReportSaysWhatItsFiguresAre(String priorDensity, String name, String mark, String finding)
      throws IOException {
    String page = report(priorDensity);

    assertThat(page)
        .contains("Test, " + name + " \u2212log p(x)</p>")
        .contains("<p class=\"number\">" + mark + " 1,234.57")
        .contains("<td>" + mark + " 1,234.57 \u00b1 0.89</td>")
        .contains("<span class=\"value\">" + mark + " 3.1806</span>")
        .contains("<td>" + mark + " 3.1806</td>")
        .contains(finding)
        .contains("The " + name + " \u2212log p(x) of each test example")
        .doesNotContain("negative log-likelihood");
  }

  @Test
  void thePessimisticEndStandsBesideAnEstimate() throws IOException {
    PartitionResult estimate = estimate(new NormaliserResult(-3.6, 0.0088, 1234.6));

    assertThat(report(estimate))
        .contains(
            "Pessimistic end, with the normaliser of log p(z) at its upper end: 1,234.60 nats")
        .contains("<th scope=\"row\">pessimistic, nats</th><td>1,234.60</td>")
        .contains("log Z of the prior, nats</th><td>-3.6000 \u00b1 0.0088</td>")
        .contains(
            "With the normaliser of log p(z) at its upper end \u2212log p(x) is 1,234.60 nats");
    assertThat(report(estimate(null))).doesNotContain("essimistic", "log Z", "upper end");
  }

  private static PartitionResult estimate(NormaliserResult normaliser) {
    return new PartitionResult(
        1234.567,
        0.891,
        3.18059,
        -1240.25,
        -1215.125,
        25.125,
        17,
        100,
        5000,
        197,
        null,
        "estimate",
        normaliser,
        null);
  }

  @Test
  void anExactLikelihoodIsNamedAsSuch() throws IOException {
    assertThat(report("exact"))
        .contains("Test negative log-likelihood, \u2212log p(x)", "<p class=\"number\">1,234.57")
        .doesNotContain("at most 1", "about 1", "only bounded", "only estimated");
  }

  @Test
  void findingsForTheConsoleSaySo() {
    assertThat(Findings.of(result("lower-bound")))
        .extracting(Findings.Finding::line)
        .anyMatch(line -> line.startsWith("warning: log p(x) is only bounded: "));
    assertThat(Findings.of(result("estimate")))
        .extracting(Findings.Finding::line)
        .anyMatch(line -> line.startsWith("warning: log p(x) is only estimated: "));
    assertThat(Findings.of(result("exact"))).isEmpty();
    assertThat(Findings.of(result(null))).isEmpty();
  }

  @Test
  void aResultWorseThanTheBaselineIsAWarning() {
    PartitionResult fine = result("exact");
    assertThat(Findings.of(fine.beside(new BaselineResult(fine.nll() + 1, 3)))).isEmpty();
    assertThat(Findings.of(fine.beside(new BaselineResult(fine.nll() - 1, 3))))
        .extracting(Findings.Finding::line)
        .singleElement()
        .asString()
        .startsWith("warning: Worse than the baseline: -log p(x) is 1,234.57 nats, but each value");
  }

  @Test
  void theBaselineStandsBesideTheResult() throws IOException {
    assertThat(report(result("exact").beside(new BaselineResult(2345.678, 6.0432))))
        .contains("training examples: 2,345.68 nats, 6.0432 bits per dimension.</p>")
        .contains("<th scope=\"row\">baseline, nats</th><td>2,345.68</td>")
        .contains("<th scope=\"row\">baseline, bits per dimension</th><td>6.0432</td>");
    assertThat(report(result("exact")))
        .contains("<th scope=\"row\">baseline, nats</th><td>-</td>")
        .doesNotContain("Baseline, each");
  }

  @Test
  void fewExamplesGiveNoErrorAndNoVerdict() throws IOException {
    PartitionResult one =
        new PartitionResult(
            90.5, null, 0.1665, -94.25, -70, 24.25, null, 120.5, 500, 1, null, "exact", null, null);
    assertThat(report(one))
        .contains("<p class=\"number\">90.50 <span class=\"unit\">nats")
        .contains("Mean over 1 test example,", "<td>90.50</td>")
        .containsPattern("active units of 40</th><td>-</td>")
        .doesNotContain("&plusmn;", "\u00b1", "Posterior collapse");
    PartitionResult collapsed =
        new PartitionResult(
            90.5, 0.3, 0.1665, -94.25, -70, 24.25, 0, 120.5, 500, 10, null, "exact", null, null);
    assertThat(report(collapsed)).contains("Posterior collapse");
  }

  @Test
  void fewerExamplesThanComponentsSayNothingOfTheComponents() {
    ComponentUse few = new ComponentUse(500, 20, 19.5);
    assertThat(Findings.of(mixture(few, 499))).isEmpty();
    assertThat(Findings.of(mixture(few, 500)))
        .extracting(Findings.Finding::title)
        .containsExactly("Few of the prior's components are in use");
  }

  private static PartitionResult mixture(ComponentUse use, int examples) {
    return new PartitionResult(
        90.5, 0.3, 0.1665, -94.25, -70, 24.25, 17, 120.5, 500, examples, use, "exact", null, null);
  }

  private String report(String priorDensity) throws IOException {
    return report(result(priorDensity));
  }

  private String report(PartitionResult result) throws IOException {
    Results exact = ReportSamples.results(6, 17, 100);
    Results results =
        new Results(
            exact.dataset(),
            exact.prior(),
            exact.likelihood(),
            exact.latentSize(),
            exact.seed(),
            exact.epochs(),
            exact.bestEpoch(),
            result,
            result,
            exact.train(),
            exact.parameters(),
            exact.samples());
    ReportData data =
        ReportSamples.data("kinds", ReportSamples.GREY, results, ReportSamples.falling(6), 2, 0);
    Path file = folder.resolve("report.html");
    HtmlReport.write(data, Figures.write(data, folder.resolve("figures")), file);
    return Files.readString(file);
  }

  private static PartitionResult result(String priorDensity) {
    return new PartitionResult(
        1234.567,
        0.891,
        3.18059,
        -1240.25,
        -1215.125,
        25.125,
        17,
        100,
        5000,
        197,
        null,
        priorDensity,
        null,
        null);
  }
}
