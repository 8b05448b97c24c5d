package org.largevae.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.DataShape;
import org.largevae.core.results.EpochMetrics;

class HtmlReportTest {

  @TempDir Path folder;

  @Test
  void keyResultsComeFirstWithTheirUnits() throws IOException {
    String text = text(report(ReportSamples.good(20)));

    assertThat(text)
        .containsSubsequence(
            "grey-run",
            "data freyfaces (28 x 20)",
            "Key results",
            "1,234.57 \u00b1 0.89 nats",
            "197 test examples",
            "Bits per dimension 3.1806",
            "ELBO \u22121,240.25 nats 5.68 below log p(x)",
            "Reconstruction RE \u22121,215.13 nats",
            "KL 25.13 nats",
            "Active units 17 of 40",
            "Effective sample size 121 of 5,000",
            "Best epoch 19 of 20",
            "Training speed 12.3 s per epoch 4,568 examples per second",
            "Figures",
            "Test and validation",
            "1,234.57 \u00b1 0.89 1,233.50 \u00b1 0.90",
            "Epochs",
            "Configuration",
            "model { latent-size = 40 }",
            "Provenance",
            "java 17 data SHA-256 0123abcd");
    assertThat(text).doesNotContain("Warning");
  }

  @Test
  void figuresAreEmbeddedWithTheirCaptions() throws IOException {
    ReportData data = ReportSamples.good(20);
    List<Figure> figures = Figures.write(data, folder.resolve("figures"));
    Path file = folder.resolve("report.html");
    HtmlReport.write(data, figures, file);
    String html = Files.readString(file);

    Matcher images = Pattern.compile("<img src=\"data:image/png;base64,([^\"]+)\"").matcher(html);
    for (Figure figure : figures) {
      assertThat(images.find()).as(figure.fileName()).isTrue();
      assertThat(Base64.getDecoder().decode(images.group(1)))
          .isEqualTo(Files.readAllBytes(figure.file()));
      assertThat(text(html)).contains(figure.title(), figure.caption());
    }
    assertThat(images.find()).isFalse();
  }

  @Test
  void thePageAsksNothingOfTheNetworkAndRunsNoScript() throws IOException {
    String html = report(ReportSamples.good(20));

    Matcher references =
        Pattern.compile("(?:src|href|srcset|action)\\s*=\\s*\"([^\"]*)").matcher(html);
    while (references.find()) {
      assertThat(references.group(1)).startsWith("data:");
    }
    assertThat(html)
        .doesNotContain("<script", "<link", "@import", "url(", "http://", "https://", "@font-face");
  }

  @Test
  void textFromTheRunIsEscaped() throws IOException {
    String attack = "<script>alert(\"x\")</script> & co";
    ReportData good = ReportSamples.good(3);
    ReportData data =
        new ReportData(
            attack,
            good.shape(),
            good.results(),
            good.epochs(),
            good.testNegativeLogLikelihoods(),
            List.of(),
            true,
            List.of(),
            List.of(),
            List.of(),
            attack,
            Map.of(attack, attack));

    String html = report(data);

    assertThat(html).doesNotContain("<script");
    String escaped = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; co";
    assertThat(html)
        .contains("<title>" + escaped, "<h1>" + escaped + "</h1>", ">" + escaped + "</pre>")
        .contains("<th scope=\"row\">" + escaped + "</th><td>" + escaped + "</td>");
  }

  @Test
  void posteriorCollapseIsAWarning() throws IOException {
    String text = text(report(withResults(0, 100)));

    assertThat(text).contains("Warning: Posterior collapse: no latent is active.");
  }

  @Test
  void aPoorEffectiveSampleSizeIsAWarning() throws IOException {
    String text = text(report(withResults(17, 4.2)));

    assertThat(text)
        .contains("Warning: Few importance samples carry the weight.")
        .contains("4.20 of 5,000")
        .contains("evaluation.importance-samples");
  }

  @Test
  void anUnfinishedTrainingIsHintedAt() throws IOException {
    ReportData good = ReportSamples.good(2);
    ReportData data =
        ReportSamples.data(
            "short", good.shape(), ReportSamples.results(2, 17, 100), good.epochs(), 2, 0);

    assertThat(text(report(data)))
        .contains("The warm-up did not end. \u03b2, the weight of KL, had come to 0.67");
  }

  @Test
  void epochsThatAreNotFiniteAreAWarningAndDoNotFail() throws IOException {
    List<EpochMetrics> epochs = new ArrayList<>(ReportSamples.falling(6));
    epochs.set(2, ReportSamples.broken(3, Double.NaN));
    ReportData data =
        ReportSamples.data(
            "nan", ReportSamples.GREY, ReportSamples.results(6, 17, 100), epochs, 2, 0);

    assertThat(text(report(data)))
        .contains("Warning: 1 epoch with values that are not finite.")
        .contains("3 1.00 n/a n/a n/a n/a n/a n/a 1.50");
  }

  @Test
  void manyEpochsAreCondensedButTheBestAndTheEndsAreKept() throws IOException {
    String text = text(report(ReportSamples.good(830)));

    assertThat(text)
        .contains("17 of 830, spread evenly, and the best; nats")
        .contains("loss RE KL 1 0.33 500.00")
        .contains("829 best 1.00")
        .contains("830 1.00");
  }

  @Test
  void fewEpochsAreAllShown() throws IOException {
    assertThat(text(report(ReportSamples.good(1)))).contains("All 1; nats per example");
  }

  @Test
  void dataThatAreNoImageAndNoFiguresMakeAReport() throws IOException {
    ReportData data =
        ReportSamples.data(
            "table",
            new DataShape(1, 1, 10),
            ReportSamples.results(3, 17, 100),
            ReportSamples.falling(3),
            3,
            3);

    assertThat(text(report(data)))
        .contains("Loss")
        .doesNotContain("Generated examples", "Test reconstructions");
    HtmlReport.write(data, List.of(), folder.resolve("bare.html"));
    assertThat(text(Files.readString(folder.resolve("bare.html")))).doesNotContain("Figures");
  }

  @Test
  void anOlderReportIsReplacedAndNoTemporaryFileStays() throws IOException {
    ReportData data = ReportSamples.good(3);
    Files.writeString(folder.resolve("report.html"), "old");

    HtmlReport.write(data, List.of(), folder.resolve("report.html"));

    assertThat(Files.readString(folder.resolve("report.html"))).contains("grey-run");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("report.html"));
    }
  }

  @Test
  void aMissingOrDamagedFigureIsAnErrorThatNamesIt() throws IOException {
    Path damaged = Files.write(folder.resolve("damaged.png"), new byte[] {1, 2, 3});
    for (Path file : Arrays.asList(folder.resolve("missing.png"), damaged)) {
      Figure figure = new Figure(file, Figure.FigureKind.CHART, "title", "caption");

      assertThatThrownBy(
              () ->
                  HtmlReport.write(
                      ReportSamples.good(3), List.of(figure), folder.resolve("report.html")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString());
    }
    assertThat(folder.resolve("report.html")).doesNotExist();
  }

  private static ReportData withResults(int activeUnits, double effectiveSampleSize) {
    return ReportSamples.data(
        "results",
        ReportSamples.GREY,
        ReportSamples.results(6, activeUnits, effectiveSampleSize),
        ReportSamples.falling(6),
        2,
        0);
  }

  private String report(ReportData data) throws IOException {
    Path file = folder.resolve("report.html");
    HtmlReport.write(data, Figures.write(data, folder.resolve("figures")), file);
    return Files.readString(file);
  }

  /** What a reader sees: no tags, entities resolved, white space folded. */
  private static String text(String html) {
    return html.replaceAll("(?s)<style>.*?</style>", " ")
        .replaceAll("<[^>]*>", " ")
        .replace("&nbsp;", " ")
        .replace("&plusmn;", "\u00b1")
        .replace("&minus;", "\u2212")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ");
  }
}
