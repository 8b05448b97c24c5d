package org.largevae.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void aResultWorseThanAGuessIsAWarning() {
    PartitionResult fine = result("exact");
    assertThat(Findings.of(worse(fine, fine.nll() + 1))).isEmpty();
    assertThat(Findings.of(worse(fine, fine.nll() - 1)))
        .extracting(Findings.Finding::line)
        .singleElement()
        .asString()
        .startsWith("warning: Worse than guessing: -log p(x) is ");
  }

  private static PartitionResult worse(PartitionResult result, double guess) {
    return new PartitionResult(
        result.nll(),
        result.nllStandardError(),
        result.bitsPerDim(),
        result.elbo(),
        result.reconstruction(),
        result.kl(),
        result.activeUnits(),
        result.effectiveSampleSize(),
        result.importanceSamples(),
        result.examples(),
        result.componentUse(),
        result.priorDensity(),
        guess);
  }

  private String report(String priorDensity) throws IOException {
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
            result(priorDensity),
            result(priorDensity),
            exact.train());
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
        null);
  }
}
