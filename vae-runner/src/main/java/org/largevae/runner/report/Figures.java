package org.largevae.runner.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.largevae.api.files.DurableFiles;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.Results;

/** Draws and writes the figures of a run. */
public final class Figures {
  static final String GENERATED = "generated.png";
  static final String RECONSTRUCTIONS = "reconstructions.png";
  static final String PSEUDO_INPUTS = "pseudo-inputs.png";
  static final String LIKELIHOOD_HISTOGRAM = "likelihood-histogram.png";

  private static final int MAX_PICTURES = 100;
  private static final int MAX_PAIRS = 30;

  private final ReportData data;
  private final Path folder;
  private final List<Figure> written = new ArrayList<>();

  private Figures(ReportData data, Path folder) {
    this.data = data;
    this.folder = folder;
  }

  /**
   * Writes what the data allow of {@code generated.png}, {@code reconstructions.png}, {@code
   * pseudo-inputs.png}, {@code loss.png}, {@code reconstruction-and-kl.png}, of several levels
   * {@code kl-levels.png}, and {@code likelihood-histogram.png}, in this order. Pictures are left
   * out for data that are no image, and where there are none; curves without an epoch; the
   * histogram without a finite value. A file of the same name is replaced.
   *
   * @param data what to draw
   * @param folder where to write; made if missing
   * @return the figures written
   * @throws IOException if the folder or a file cannot be written
   * @throws IllegalArgumentException if a picture has not D values, or originals and
   *     reconstructions differ in number
   */
  public static List<Figure> write(ReportData data, Path folder) throws IOException {
    Figures figures = new Figures(data, folder);
    if (data.shape().isImage()) {
      figures.writePictures();
    }
    if (!data.epochs().isEmpty()) {
      figures.writeCurves();
    }
    figures.writeHistogram();
    return List.copyOf(figures.written);
  }

  private void writePictures() throws IOException {
    PictureRange range = PictureRange.of(data.originals());
    ImageGrid grid = new ImageGrid(data.shape(), range);
    String scale = sentence(scale(range));
    if (!data.generated().isEmpty()) {
      write(
          GENERATED,
          Figure.FigureKind.PICTURES,
          "Generated examples",
          shown(MAX_PICTURES, data.generated().size(), "draw")
              + " from the prior, decoded to "
              + (data.means() ? "the mean of the likelihood" : "a draw from the likelihood")
              + ". Look for variety, and for"
              + " examples that could pass for data: many alike say that modes are missing, shapes"
              + " between two kinds that the prior puts mass where no posterior does."
              + scale,
          PictureFile.png(grid.draw(evenly(data.generated(), MAX_PICTURES))));
    }
    if (!data.originals().isEmpty()) {
      write(
          RECONSTRUCTIONS,
          Figure.FigureKind.PICTURES,
          "Test reconstructions",
          shown(MAX_PAIRS, data.originals().size(), "test example")
              + ", each above its reconstruction"
              + (data.means()
                  ? ""
                  : ", a draw from the likelihood by the same random numbers for all, so that what"
                      + " differs is what the latents say")
              + ". Reconstructions that lose what tells examples"
              + " apart, or that all look the same, say that the latents carry too little."
              + scale,
          PictureFile.png(
              grid.drawPairs(
                  evenly(data.originals(), MAX_PAIRS), evenly(data.reconstructions(), MAX_PAIRS))));
    }
    if (!data.pseudoInputs().isEmpty()) {
      write(
          PSEUDO_INPUTS,
          Figure.FigureKind.PICTURES,
          "Pseudo-inputs",
          shown(MAX_PICTURES, data.pseudoInputs().size(), "pseudo-input")
              + ", points in data space: the prior is the mixture of their posteriors, of several levels"
              + " that of the top unless model.prior-levels = all. They need"
              + " not look like data, but their posteriors must cover those of the examples. Many"
              + " alike are components that the prior makes no use of."
              + scale,
          PictureFile.png(grid.draw(evenly(data.pseudoInputs(), MAX_PICTURES))));
    }
  }

  private static String scale(PictureRange range) {
    return range.equals(PictureRange.UNIT)
        ? ""
        : String.format(
            Locale.ROOT,
            "black is %.4g and below, white %.4g and above, the lowest and highest value of the"
                + " test examples shown",
            range.black(),
            range.white());
  }

  private void writeCurves() throws IOException {
    List<EpochMetrics> epochs = data.epochs();
    Results results = data.results();
    EpochCharts charts = new EpochCharts(epochs, results.bestEpoch());
    Chart loss = charts.loss();
    write(
        "loss.png",
        Figure.FigureKind.CHART,
        "Loss",
        "The objective's loss in training (\u2212RE + \u03b2 KL for elbo), \u2212RE + \u03b2 KL with the"
            + " schedule's final \u03b2 in validation; lower is better. "
            + warmUp(epochs)
            + "Validation that turns up while training still falls is overfitting; the weights of"
            + " the best epoch are the ones evaluated."
            + sentence(loss.note()),
        loss.png());
    Chart terms = charts.reconstructionAndKl();
    write(
        "reconstruction-and-kl.png",
        Figure.FigureKind.CHART,
        "Reconstruction and KL",
        "The two terms of the loss. RE, the log-likelihood of an example given its latents, should"
            + " be high; KL is what the latents cost. A KL near 0 is posterior collapse:"
            + " the decoder no longer listens to the latents."
            + sentence(terms.note()),
        terms.png());
    if (epochs.get(0).levels() != null) {
      Chart levels = charts.levels();
      write(
          "kl-levels.png",
          Figure.FigureKind.CHART,
          "KL of each level",
          "What each level's latents cost; level 1 is the nearest to the data. A level near 0 has"
              + " collapsed: the others do its work."
              + sentence(levels.note()),
          levels.png());
    }
  }

  private void writeHistogram() throws IOException {
    Optional<LikelihoodHistogram> histogram =
        LikelihoodHistogram.of(data.testNegativeLogLikelihoods());
    if (histogram.isEmpty()) {
      return;
    }
    LikelihoodKind kind = LikelihoodKind.of(data.results().test());
    Chart chart = histogram.get().chart(data.results().test().nll(), kind);
    write(
        LIKELIHOOD_HISTOGRAM,
        Figure.FigureKind.CHART,
        "Test likelihood",
        sentenceStart(kind)
            + " of each test example; further left is likelier under the model. A long"
            + " right tail is made of examples that the model finds strange, and pulls the mean."
            + sentence(chart.note()),
        chart.png());
  }

  private void write(String name, Figure.FigureKind kind, String title, String caption, byte[] png)
      throws IOException {
    Path file = folder.resolve(name);
    DurableFiles.makeFolder(folder);
    DurableFiles.replace(file, png);
    written.add(new Figure(file, kind, title, caption));
  }

  private static String sentenceStart(LikelihoodKind kind) {
    return kind == LikelihoodKind.EXACT ? kind.label() : "The " + kind.label();
  }

  private static String warmUp(List<EpochMetrics> epochs) {
    return EpochCharts.warmUpEnd(epochs)
        .map(
            end ->
                "During the warm-up \u03b2 grows, to reach 1 at epoch "
                    + Numbers.count(end.epoch())
                    + " (dotted line): until then the training loss counts only a part of KL, lies"
                    + " lower and may rise. ")
        .orElse("");
  }

  private static String sentence(String note) {
    return note.isEmpty()
        ? ""
        : " " + Character.toUpperCase(note.charAt(0)) + note.substring(1) + ".";
  }

  private static String shown(int most, int available, String what) {
    return available <= most
        ? Numbers.count(available, what)
        : String.format(
            Locale.ROOT,
            "%s, evenly spaced among %s",
            Numbers.count(most),
            Numbers.count(available, what));
  }

  private static List<float[]> evenly(List<float[]> pictures, int most) {
    int size = pictures.size();
    if (size <= most) {
      return pictures;
    }
    return IntStream.range(0, most)
        .mapToObj(index -> pictures.get((int) ((long) index * size / most)))
        .toList();
  }
}
