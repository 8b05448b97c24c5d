package org.largevae.runner.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.largevae.core.results.ComponentUse;
import org.largevae.core.results.LevelResult;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.results.Results;
import org.largevae.core.results.SampleResult;

/** What the template of {@code report.html} needs: text only, numbers already formatted. */
final class ReportModel {

  private ReportModel() {}

  /**
   * Puts the model together.
   *
   * @param data what the run measured
   * @param figures to embed
   * @return values by the names in the template
   * @throws IOException if a figure's file cannot be read
   */
  static Map<String, Object> of(ReportData data, List<Figure> figures) throws IOException {
    Results results = data.results();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", data.name());
    model.put("facts", facts(data));
    LikelihoodKind kind = LikelihoodKind.of(results.test());
    model.put("measure", measure(kind));
    model.put("nll", kind.mark() + Numbers.nats(results.test().nll()));
    Double error = results.test().nllStandardError();
    model.put("nllStandardError", error == null ? "" : Numbers.standardError(error));
    model.put("pessimistic", pessimistic(results.test()));
    model.put("baseline", baseline(results.test()));
    model.put("testExamples", Numbers.count(results.test().examples(), "test example"));
    model.put("tiles", tiles(results));
    model.put("findings", findings(data));
    model.put("figures", embedded(figures));
    model.put("partitions", partitions(results.test(), results.validation(), results.latentSize()));
    model.put("epochCount", Numbers.count(data.epochs().size()));
    model.put("epochs", EpochRows.of(data.epochs(), results.bestEpoch()));
    model.put("configuration", data.configuration());
    model.put("provenance", data.provenance());
    return model;
  }

  private static String measure(LikelihoodKind kind) {
    return switch (kind) {
      case EXACT -> "Test negative log-likelihood, " + kind.label();
      case UPPER_BOUND, ESTIMATE -> "Test, " + kind.label();
    };
  }

  private static List<Map<String, String>> facts(ReportData data) {
    Results results = data.results();
    Long parameters = results.parameters();
    return List.of(
        Map.of("name", "data", "value", results.dataset() + " (" + data.shape() + ")"),
        Map.of("name", "prior", "value", results.prior()),
        Map.of("name", "likelihood", "value", results.likelihood()),
        Map.of("name", "parameters", "value", parameters == null ? "-" : Numbers.count(parameters)),
        Map.of("name", "latent size", "value", latentSize(results)),
        Map.of("name", "seed", "value", Long.toString(results.seed())));
  }

  /** For example {@code 80 (40 + 40)}, top first. */
  private static String latentSize(Results results) {
    List<LevelResult> levels = results.test().levels();
    String sum = Numbers.count(results.latentSize());
    return levels == null
        ? sum
        : sum
            + levels.stream()
                .map(level -> Numbers.count(level.latentSize()))
                .collect(Collectors.joining(" + ", " (", ")"));
  }

  /** For example {@code level 2: 3.10, level 1: 20.31}; what holds for a single level without. */
  private static String ofLevels(
      PartitionResult result, Function<LevelResult, String> value, String otherwise) {
    return result.levels() == null
        ? otherwise
        : result.levels().stream()
            .map(level -> "level " + level.level() + ": " + value.apply(level))
            .collect(Collectors.joining(", "));
  }

  private static List<Map<String, String>> tiles(Results results) {
    List<Map<String, String>> tiles = new ArrayList<>(commonTiles(results));
    ComponentUse use = results.test().componentUse();
    if (use != null) {
      tiles.add(
          tile(
              "Prior components in use",
              Numbers.count(use.used()),
              "of " + Numbers.count(use.components()),
              "perplexity " + Numbers.rough(use.perplexity())));
    }
    SampleResult samples = results.samples();
    if (samples != null) {
      tiles.add(
          tile(
              "Coverage of draws",
              Numbers.rough(samples.drawn().coverage()),
              "of " + Numbers.rough(samples.training().coverage()),
              "test examples with a draw nearby, against training examples in place of draws"));
    }
    return tiles;
  }

  private static List<Map<String, String>> commonTiles(Results results) {
    PartitionResult test = results.test();
    double gap = -test.elbo() - test.nll();
    LikelihoodKind kind = LikelihoodKind.of(test);
    return List.of(
        tile(
            "Bits per dimension",
            kind.mark() + Numbers.bits(test.bitsPerDim()),
            "",
            kind.label() + " / (D ln 2)"),
        tile(
            "ELBO",
            kind.boundMark() + Numbers.nats(test.elbo()),
            "nats",
            Numbers.nats(Math.abs(gap)) + (gap < 0 ? " above " : " below ") + logDensity(kind)),
        tile("Reconstruction RE", Numbers.nats(test.reconstruction()), "nats", "E log p(x|z)"),
        tile(
            "KL",
            kind.boundMark() + Numbers.nats(test.kl()),
            "nats",
            ofLevels(test, level -> Numbers.nats(level.kl()), "KL(q(z|x) || p(z))")),
        tile(
            "Active units",
            Numbers.count(test.activeUnits()),
            "of " + Numbers.count(results.latentSize()),
            ofLevels(
                test,
                level -> Numbers.count(level.activeUnits()),
                "latents whose posterior mean varies")),
        tile(
            "Effective sample size",
            Numbers.rough(test.effectiveSampleSize()),
            "of " + Numbers.count(test.importanceSamples()),
            effectiveSampleSizeNote(test)),
        tile(
            "Best epoch",
            Numbers.count(results.bestEpoch()),
            "of " + Numbers.count(results.epochs()),
            "least validation loss"),
        tile(
            "Training speed",
            Numbers.duration(results.train().secondsPerEpoch()),
            "per epoch",
            Numbers.rough(results.train().examplesPerSecond()) + " examples per second"));
  }

  private static Map<String, String> tile(String name, String value, String unit, String note) {
    return Map.of("name", name, "value", value, "unit", unit, "note", note);
  }

  private static String logDensity(LikelihoodKind kind) {
    return switch (kind) {
      case EXACT -> "log p(x)";
      case UPPER_BOUND -> "the bound of log p(x)";
      case ESTIMATE -> "the estimate of log p(x)";
    };
  }

  private static String effectiveSampleSizeNote(PartitionResult test) {
    return test.effectiveSampleSize() < Findings.POOR_EFFECTIVE_SAMPLE_SIZE
        ? "poor: a few samples decide"
        : "importance samples, median";
  }

  private static List<Map<String, Object>> findings(ReportData data) {
    return Findings.of(data.results(), data.epochs()).stream()
        .map(
            finding ->
                Map.<String, Object>of(
                    "warning", finding.warning(),
                    "title", finding.title(),
                    "text", finding.text()))
        .toList();
  }

  private static List<Map<String, String>> embedded(List<Figure> figures) throws IOException {
    List<Map<String, String>> embedded = new ArrayList<>();
    for (Figure figure : figures) {
      byte[] png = Files.readAllBytes(figure.file());
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      if (image == null) {
        throw new IOException(figure.file() + " is no image that can be read");
      }
      embedded.add(
          Map.of(
              "kind", figure.kind() == Figure.FigureKind.CHART ? "chart" : "pictures",
              "title", figure.title(),
              "caption", figure.caption(),
              "fileName", figure.fileName(),
              "width", Integer.toString(image.getWidth() / Chart.PIXELS_PER_UNIT),
              "height", Integer.toString(image.getHeight() / Chart.PIXELS_PER_UNIT),
              "data", Base64.getEncoder().encodeToString(png)));
    }
    return embedded;
  }

  private static List<Map<String, String>> partitions(
      PartitionResult test, PartitionResult validation, int latentSize) {
    List<Map<String, String>> rows = new ArrayList<>();
    rows.add(row("\u2212log p(x), nats", withError(test), withError(validation)));
    if (test.normaliser() != null || validation.normaliser() != null) {
      rows.add(row("pessimistic, nats", pessimisticNats(test), pessimisticNats(validation)));
      rows.add(row("log Z of the prior, nats", logNormaliser(test), logNormaliser(validation)));
    }
    rows.addAll(commonRows(test, validation, latentSize));
    return rows;
  }

  private static String marked(PartitionResult result, double nats) {
    return LikelihoodKind.of(result).boundMark() + Numbers.nats(nats);
  }

  private static List<Map<String, String>> commonRows(
      PartitionResult test, PartitionResult validation, int latentSize) {
    List<Map<String, String>> rows = new ArrayList<>();
    rows.addAll(likelihoodRows(test, validation));
    rows.addAll(
        levelRows(
            test,
            validation,
            level -> "KL of level " + level.level() + ", nats",
            level -> LikelihoodKind.of(test).boundMark() + Numbers.nats(level.kl())));
    rows.add(
        row(
            "active units of " + Numbers.count(latentSize),
            Numbers.count(test.activeUnits()),
            Numbers.count(validation.activeUnits())));
    rows.addAll(
        levelRows(
            test,
            validation,
            level ->
                String.format(
                    Locale.ROOT,
                    "active units of level %d, of %s",
                    level.level(),
                    Numbers.count(level.latentSize())),
            level -> Numbers.count(level.activeUnits())));
    rows.addAll(evaluationRows(test, validation));
    return rows;
  }

  /** None for a single level. */
  private static List<Map<String, String>> levelRows(
      PartitionResult test,
      PartitionResult validation,
      Function<LevelResult, String> name,
      Function<LevelResult, String> value) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (int index = 0; test.levels() != null && index < test.levels().size(); index++) {
      LevelResult level = test.levels().get(index);
      rows.add(
          row(name.apply(level), value.apply(level), value.apply(validation.levels().get(index))));
    }
    return rows;
  }

  private static List<Map<String, String>> likelihoodRows(
      PartitionResult test, PartitionResult validation) {
    return List.of(
        row("baseline, nats", baselineNats(test), baselineNats(validation)),
        row(
            "bits per dimension",
            LikelihoodKind.of(test).mark() + Numbers.bits(test.bitsPerDim()),
            LikelihoodKind.of(validation).mark() + Numbers.bits(validation.bitsPerDim())),
        row("baseline, bits per dimension", baselineBits(test), baselineBits(validation)),
        row("ELBO, nats", marked(test, test.elbo()), marked(validation, validation.elbo())),
        row(
            "RE, nats",
            Numbers.nats(test.reconstruction()),
            Numbers.nats(validation.reconstruction())),
        row("KL, nats", marked(test, test.kl()), marked(validation, validation.kl())));
  }

  private static List<Map<String, String>> evaluationRows(
      PartitionResult test, PartitionResult validation) {
    return List.of(
        row(
            "importance samples",
            Numbers.count(test.importanceSamples()),
            Numbers.count(validation.importanceSamples())),
        row(
            "effective sample size, median",
            Numbers.rough(test.effectiveSampleSize()),
            Numbers.rough(validation.effectiveSampleSize())),
        row("examples", Numbers.count(test.examples()), Numbers.count(validation.examples())));
  }

  private static String withError(PartitionResult result) {
    return LikelihoodKind.of(result).mark()
        + Numbers.withError(result.nll(), result.nllStandardError());
  }

  /** How bad the figure may be if the prior's normaliser is at its upper end; empty if none is. */
  private static String pessimistic(PartitionResult result) {
    return result.normaliser() == null
        ? ""
        : String.format(
            Locale.ROOT,
            "Pessimistic end, with the normaliser of log p(z) at its upper end: %s nats.",
            pessimisticNats(result));
  }

  private static String pessimisticNats(PartitionResult result) {
    return result.normaliser() == null ? "-" : Numbers.nats(result.normaliser().pessimisticNll());
  }

  private static String logNormaliser(PartitionResult result) {
    return result.normaliser() == null
        ? "-"
        : FixedDecimals.of(result.normaliser().log(), 4)
            + " \u00b1 "
            + FixedDecimals.of(result.normaliser().standardError(), 4);
  }

  /** What a trivial model reaches, in a sentence; empty where that is not known. */
  private static String baseline(PartitionResult result) {
    return result.baseline() == null
        ? ""
        : String.format(
            Locale.ROOT,
            "Baseline, each value by its own distribution over the training examples: %s nats, %s"
                + " bits per dimension.",
            baselineNats(result),
            baselineBits(result));
  }

  /** For a table: a dash where it is not known. */
  static String baselineNats(PartitionResult result) {
    return result.baseline() == null ? "-" : Numbers.nats(result.baseline().nll());
  }

  /** For a table: a dash where it is not known. */
  static String baselineBits(PartitionResult result) {
    return result.baseline() == null ? "-" : Numbers.bits(result.baseline().bitsPerDim());
  }

  private static Map<String, String> row(String name, String test, String validation) {
    return Map.of("name", name, "test", test, "validation", validation);
  }
}
