package org.largevae.runner.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.largevae.core.results.PartitionResult;

/** Writes a self-contained HTML page that compares runs. */
public final class ComparisonReport {
  private static final String TEMPLATE = "comparison.ftlh";
  private static final int WIDEST_PICTURE = 900;

  private ComparisonReport() {}

  /**
   * Writes the page.
   *
   * @param data what to show; the figures in its folders are read
   * @param file where to write; replaced if it exists
   * @throws IOException if the page cannot be written
   */
  public static void write(ComparisonData data, Path file) throws IOException {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", data.name());
    model.put("warnings", data.warnings());
    model.put("tables", data.tables());
    model.put("charts", charts(data));
    model.put("runs", runs(data));
    model.put("generated", pictures(data, Figures.GENERATED));
    model.put("reconstructions", pictures(data, Figures.RECONSTRUCTIONS));
    model.put("pseudoInputs", pictures(data, Figures.PSEUDO_INPUTS));
    model.put("histograms", pictures(data, Figures.LIKELIHOOD_HISTOGRAM));
    model.put("definition", data.definition());
    HtmlReport.write(TEMPLATE, model, file);
  }

  private static List<Map<String, String>> charts(ComparisonData data) throws IOException {
    ComparisonCharts charts = new ComparisonCharts(data.groups());
    List<Map<String, String>> embedded = new ArrayList<>();
    Optional<Chart> rateDistortion = charts.rateDistortion();
    if (rateDistortion.isPresent()) {
      embedded.add(
          embedded(
              rateDistortion.get(),
              "Rate and distortion",
              "Each run by its two terms: what the latents cost (KL, the rate) and what they leave"
                  + " unexplained (\u2212RE, the distortion). Runs on one diagonal have the same"
                  + " ELBO; further down and left is better. A point far left uses its latents"
                  + " little, one far right pays much for them (Alemi et al. 2018)."));
    }
    Optional<Chart> losses = charts.validationLoss();
    if (losses.isPresent()) {
      String note = losses.get().note();
      embedded.add(
          embedded(
              losses.get(),
              "Validation loss",
              "\u2212RE + KL on the validation examples, one curve a run; the weights of each run's"
                  + " lowest point are the ones tested."
                  + (note.isEmpty() ? "" : " " + note + ".")));
    }
    return embedded;
  }

  private static List<Map<String, Object>> runs(ComparisonData data) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ComparisonData.RunGroup group : data.groups()) {
      for (ComparisonData.ComparedRun run : group.runs()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", run.name());
        row.put("report", run.report());
        row.put("state", run.state());
        row.put("values", run.test().map(test -> values(run, test)).orElse(List.of()));
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<String> values(ComparisonData.ComparedRun run, PartitionResult test) {
    String mark = LikelihoodKind.of(test).mark();
    return List.of(
        mark + Numbers.withError(test.nll(), test.nllStandardError()) + pessimistic(test),
        ReportModel.baselineNats(test),
        mark + Numbers.bits(test.bitsPerDim()),
        ReportModel.baselineBits(test),
        Numbers.nats(test.elbo()),
        Numbers.nats(-test.reconstruction()),
        Numbers.nats(test.kl()),
        Numbers.count(test.activeUnits()),
        Numbers.rough(test.effectiveSampleSize()),
        Numbers.count(run.bestEpoch()) + " of " + Numbers.count(run.epochs().size()));
  }

  private static String pessimistic(PartitionResult test) {
    return test.normaliser() == null
        ? ""
        : ", pessimistic " + Numbers.nats(test.normaliser().pessimisticNll());
  }

  /** One picture a group: of its first run that has one that can be read. */
  private static List<Map<String, String>> pictures(ComparisonData data, String name) {
    List<Map<String, String>> pictures = new ArrayList<>();
    for (ComparisonData.RunGroup group : data.groups()) {
      for (ComparisonData.ComparedRun run : group.runs()) {
        Optional<BufferedImage> image =
            run.figures()
                .map(folder -> folder.resolve(name))
                .filter(Files::isRegularFile)
                .flatMap(PictureFile::read);
        if (image.isPresent()) {
          BufferedImage picture = smaller(image.get());
          byte[] png = PictureFile.png(picture);
          pictures.add(
              embedded(png, picture.getWidth(), picture.getHeight(), group.name(), run.name()));
          break;
        }
      }
    }
    return pictures;
  }

  /** Many pictures at their full size would make a page of many megabytes. */
  private static BufferedImage smaller(BufferedImage image) {
    if (image.getWidth() <= WIDEST_PICTURE) {
      return image;
    }
    int height = Math.max(1, image.getHeight() * WIDEST_PICTURE / image.getWidth());
    BufferedImage smaller = new BufferedImage(WIDEST_PICTURE, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = smaller.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(image, 0, 0, WIDEST_PICTURE, height, null);
    } finally {
      graphics.dispose();
    }
    return smaller;
  }

  private static Map<String, String> embedded(Chart chart, String title, String caption)
      throws IOException {
    return embedded(chart.png(), ChartStyle.WIDTH, chart.height(), title, caption);
  }

  private static Map<String, String> embedded(
      byte[] png, int width, int height, String title, String caption) {
    return Map.of(
        "title", title,
        "caption", caption,
        "width", Integer.toString(width / Chart.PIXELS_PER_UNIT),
        "height", Integer.toString(height / Chart.PIXELS_PER_UNIT),
        "data", Base64.getEncoder().encodeToString(png));
  }
}
