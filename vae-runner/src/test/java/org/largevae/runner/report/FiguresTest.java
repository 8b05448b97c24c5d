package org.largevae.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.DataShape;
import org.largevae.core.results.EpochMetrics;

class FiguresTest {

  private static final String[] CURVES = {"loss.png", "reconstruction-and-kl.png"};

  @TempDir Path folder;

  @Test
  void allFiguresAreWrittenInOrderAndNothingElse() throws IOException {
    List<Figure> figures = Figures.write(ReportSamples.good(30), folder.resolve("figures"));

    assertThat(figures)
        .extracting(Figure::fileName)
        .containsExactly(
            "generated.png",
            "reconstructions.png",
            "pseudo-inputs.png",
            "loss.png",
            "reconstruction-and-kl.png",
            "likelihood-histogram.png");
    assertThat(figures).allSatisfy(figure -> assertThat(figure.caption()).endsWith("."));
    try (Stream<Path> files = Files.list(folder.resolve("figures"))) {
      assertThat(files)
          .containsExactlyInAnyOrderElementsOf(figures.stream().map(Figure::file).toList());
    }
  }

  @Test
  void picturesHaveTheirGridsSizeAndChartsTwiceTheirWidth() throws IOException {
    Figures.write(ReportSamples.good(30), folder);

    ImageGrid grid = new ImageGrid(ReportSamples.GREY);
    int width = 10 * grid.tileWidth() + 9 * ImageGrid.GAP;
    assertThat(read("generated.png").getWidth()).isEqualTo(width);
    assertThat(read("generated.png").getHeight()).isEqualTo(grid.tileHeight());
    assertThat(read("pseudo-inputs.png").getWidth()).isEqualTo(width);
    assertThat(read("reconstructions.png").getWidth()).isEqualTo(grid.gutterWidth() + width);
    for (String name :
        List.of("loss.png", "reconstruction-and-kl.png", "likelihood-histogram.png")) {
      assertThat(read(name).getWidth()).as(name).isEqualTo(1840);
      assertThat(read(name).getHeight()).as(name).isBetween(700, 1500);
    }
  }

  @Test
  void bothCurvesAndTheBestEpochAreDrawn() throws IOException {
    Figures.write(ReportSamples.good(30), folder);

    for (String name : CURVES) {
      BufferedImage image = read(name);
      assertThat(pixels(image, ChartStyle.BLUE.getRGB())).as("training").isGreaterThan(300);
      assertThat(pixels(image, ChartStyle.VERMILLION.getRGB())).as("valid.").isGreaterThan(300);
      assertThat(pixels(image, ChartStyle.INK.getRGB())).as("best epoch").isGreaterThan(300);
    }
  }

  @Test
  void aRunOfOneEpochIsDrawn() throws IOException {
    Figures.write(ReportSamples.good(1), folder);

    for (String name : CURVES) {
      // The legend's line alone has about 50 by 4 pixels.
      assertThat(pixels(read(name), ChartStyle.BLUE.getRGB())).as(name).isGreaterThan(250);
      assertThat(pixels(read(name), ChartStyle.VERMILLION.getRGB())).as(name).isGreaterThan(250);
    }
  }

  @Test
  void epochsThatAreNotFiniteLeaveAGapAndAreSaid() throws IOException {
    List<EpochMetrics> epochs = new ArrayList<>(ReportSamples.falling(12));
    epochs.set(4, ReportSamples.broken(5, Double.NaN));
    epochs.set(7, ReportSamples.broken(8, Double.POSITIVE_INFINITY));

    List<Figure> figures = Figures.write(withEpochs(epochs), folder);

    assertThat(caption(figures, "loss.png")).contains("Loss: 4 values are not finite.");
    assertThat(caption(figures, "reconstruction-and-kl.png"))
        .contains("RE: 4 values are not finite; KL: 4 values are not finite.");
    assertThat(pixels(read("loss.png"), ChartStyle.BLUE.getRGB())).isGreaterThan(300);
  }

  @Test
  void epochsWithNoFiniteValueAreStillAFigure() throws IOException {
    List<Figure> figures =
        Figures.write(withEpochs(List.of(ReportSamples.broken(1, Double.NaN))), folder);

    assertThat(caption(figures, "loss.png")).contains("no value is finite");
    assertThat(read("loss.png").getWidth()).isEqualTo(1840);
  }

  @Test
  void hugeFirstEpochsAreCutAndSaid() throws IOException {
    List<EpochMetrics> epochs = new ArrayList<>();
    for (EpochMetrics epoch : ReportSamples.falling(400)) {
      double loss = epoch.epoch() <= 3 ? 1e6 : 100 - epoch.epoch() * 0.01;
      epochs.add(new EpochMetrics(epoch.epoch(), 1, loss, -loss, 20, loss, -loss, 20, 1));
    }

    List<Figure> figures = Figures.write(withEpochs(epochs), folder);

    assertThat(caption(figures, "loss.png"))
        .contains("6 of 800 values beyond the axis, up to 1,000,000.00 nats");
  }

  @Test
  void theCaptionSaysWhereTheWarmUpEnds() throws IOException {
    assertThat(caption(Figures.write(ReportSamples.good(30), folder), "loss.png"))
        .contains("reach 1 at epoch 3");
  }

  @Test
  void manyPseudoInputsAreThinnedOutEvenlyAndSaid() throws IOException {
    ReportData data =
        ReportSamples.data(
            "many",
            ReportSamples.GREY,
            ReportSamples.results(5, 17, 100),
            ReportSamples.falling(5),
            1,
            500);

    List<Figure> figures = Figures.write(data, folder);

    assertThat(caption(figures, "pseudo-inputs.png"))
        .startsWith("100, evenly spaced among 500 pseudo-inputs");
    BufferedImage image = read("pseudo-inputs.png");
    ImageGrid grid = new ImageGrid(ReportSamples.GREY);
    int columns = grid.columns(100);
    for (int index = 0; index < 100; index++) {
      int x = index % columns * (grid.tileWidth() + ImageGrid.GAP);
      int y = index / columns * (grid.tileHeight() + ImageGrid.GAP);
      int grey = Math.round(5 * index / 499f * 255f);
      assertThat(image.getRGB(x, y) & 0xFF).as("pseudo-input %d", 5 * index).isEqualTo(grey);
    }
  }

  /** Pictures in [-1, 1], half of whose values are below 0: -1 is black, not 0. */
  @Test
  void realPicturesAreDrawnOverTheRangeOfTheOriginals() throws IOException {
    ReportData good = ReportSamples.good(3);
    float[] original = new float[ReportSamples.GREY.dimensions()];
    for (int i = 0; i < original.length; i++) {
      original[i] = 2f * i / (original.length - 1) - 1;
    }
    List<float[]> pictures = List.of(original);
    ReportData data =
        new ReportData(
            good.name(),
            good.shape(),
            good.results(),
            good.epochs(),
            good.testNegativeLogLikelihoods(),
            pictures,
            false,
            pictures,
            pictures,
            pictures,
            good.configuration(),
            good.provenance());

    List<Figure> figures = Figures.write(data, folder);

    for (String name : List.of("generated.png", "reconstructions.png", "pseudo-inputs.png")) {
      assertThat(caption(figures, name))
          .endsWith(
              "Black is -1.000 and below, white 1.000 and above, the lowest and highest value of the"
                  + " test examples shown.");
    }
    assertThat(caption(figures, "generated.png")).contains("decoded to a draw from the likelihood");
    assertThat(caption(figures, "reconstructions.png")).contains("a draw from the likelihood");
    BufferedImage image = read("generated.png");
    ImageGrid grid = new ImageGrid(ReportSamples.GREY);
    int side = grid.tileWidth() / ReportSamples.GREY.width();
    for (int i = 0; i < original.length; i++) {
      int x = i % ReportSamples.GREY.width() * side;
      int y = i / ReportSamples.GREY.width() * side;
      int grey = Math.round(255f * i / (original.length - 1));
      assertThat(image.getRGB(x, y) & 0xFF).isBetween(grey - 1, grey + 1);
    }
  }

  @Test
  void whatIsNotThereIsLeftOut() throws IOException {
    ReportData withoutPseudoInputs =
        ReportSamples.data(
            "standard",
            ReportSamples.GREY,
            ReportSamples.results(5, 17, 100),
            ReportSamples.falling(5),
            4,
            0);
    ReportData noImage =
        ReportSamples.data(
            "table",
            new DataShape(1, 1, 10),
            ReportSamples.results(5, 17, 100),
            ReportSamples.falling(5),
            4,
            4);

    assertThat(Figures.write(withoutPseudoInputs, folder.resolve("a")))
        .extracting(Figure::fileName)
        .doesNotContain("pseudo-inputs.png")
        .hasSize(5);
    assertThat(Figures.write(noImage, folder.resolve("b")))
        .extracting(Figure::fileName)
        .containsExactly("loss.png", "reconstruction-and-kl.png", "likelihood-histogram.png");
  }

  @Test
  void aFolderThatCannotBeMadeIsAnError() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> Figures.write(ReportSamples.good(2), file.resolve("figures")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("file");
  }

  private static ReportData withEpochs(List<EpochMetrics> epochs) {
    return ReportSamples.data(
        "epochs", ReportSamples.GREY, ReportSamples.results(epochs.size(), 17, 100), epochs, 2, 2);
  }

  private BufferedImage read(String name) throws IOException {
    return ImageIO.read(folder.resolve(name).toFile());
  }

  private static String caption(List<Figure> figures, String name) {
    return figures.stream()
        .filter(figure -> figure.fileName().equals(name))
        .findFirst()
        .orElseThrow()
        .caption();
  }

  private static int pixels(BufferedImage image, int color) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == color ? 1 : 0;
      }
    }
    return count;
  }
}
