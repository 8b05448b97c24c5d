package org.largevae.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.largevae.api.data.DataShape;

class ImageGridTest {

  private static final DataShape TWO_BY_THREE = new DataShape(1, 2, 3);

  @Test
  void valuesOutsideTheUnitRangeAreDrawnFromTheirLowestToTheirHighest() {
    float[] picture = {-1, -0.5f, 0, 0.5f, 1, 3};
    PictureRange range = PictureRange.of(List.of(new float[] {-1, 0, Float.NaN}, new float[] {1}));
    assertThat(range).isEqualTo(new PictureRange(-1, 1));
    BufferedImage image = new ImageGrid(TWO_BY_THREE, range).draw(List.of(picture));
    int side = image.getWidth() / 3;
    int[] greys = {0, 64, 128, 191, 255, 255};
    for (int i = 0; i < greys.length; i++) {
      int argb = image.getRGB(i % 3 * side + side / 2, i / 3 * side + side / 2);
      assertThat(argb & 0xff).isEqualTo(greys[i]);
    }
  }

  @Test
  void intensitiesAreDrawnAsTheyAre() {
    for (float[] values :
        List.of(new float[] {0.2f, 0.4f}, new float[] {0, 1}, new float[] {5, 5}, new float[0])) {
      assertThat(PictureRange.of(List.of(values))).isEqualTo(PictureRange.UNIT);
    }
  }

  @Test
  void greyPictureKeepsItsOrientationPixelByPixel() {
    float[] picture = {0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f};

    BufferedImage image = new ImageGrid(TWO_BY_THREE, 1).draw(List.of(picture));

    assertThat(image.getWidth()).isEqualTo(3);
    assertThat(image.getHeight()).isEqualTo(2);
    assertThat(row(image, 0)).containsExactly(0xFF000000, 0xFF333333, 0xFF666666);
    assertThat(row(image, 1)).containsExactly(0xFF999999, 0xFFCCCCCC, 0xFFFFFFFF);
  }

  @Test
  void colorPictureIsReadChannelByChannel() {
    float[] red = {1f, 0f, 0f, 0.2f, 0f, 0f};
    float[] green = {0f, 1f, 0f, 0.4f, 0f, 1f};
    float[] blue = {0f, 0f, 1f, 0.6f, 0f, 1f};
    float[] picture = new float[18];
    System.arraycopy(red, 0, picture, 0, 6);
    System.arraycopy(green, 0, picture, 6, 6);
    System.arraycopy(blue, 0, picture, 12, 6);

    BufferedImage image = new ImageGrid(new DataShape(3, 2, 3), 1).draw(List.of(picture));

    assertThat(row(image, 0)).containsExactly(0xFFFF0000, 0xFF00FF00, 0xFF0000FF);
    assertThat(row(image, 1)).containsExactly(0xFF336699, 0xFF000000, 0xFF00FFFF);
  }

  @Test
  void eachValueBecomesASquareOfTheScale() {
    float[] picture = {0f, 1f, 0f, 1f, 0f, 1f};

    BufferedImage image = new ImageGrid(TWO_BY_THREE, 4).draw(List.of(picture));

    assertThat(image.getWidth()).isEqualTo(12);
    assertThat(image.getHeight()).isEqualTo(8);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 12; x++) {
        int expected = picture[y / 4 * 3 + x / 4] == 1f ? 0xFFFFFFFF : 0xFF000000;
        assertThat(image.getRGB(x, y)).as("x %d, y %d", x, y).isEqualTo(expected);
      }
    }
  }

  @Test
  void picturesFillRowsFromLeftToRightAndMissingOnesAreTransparent() {
    List<float[]> pictures = ReportSamples.pictures(TWO_BY_THREE, 6).subList(0, 5);

    BufferedImage image = new ImageGrid(TWO_BY_THREE, 2).draw(pictures, 3);

    int stepX = 6 + ImageGrid.GAP;
    int stepY = 4 + ImageGrid.GAP;
    assertThat(image.getWidth()).isEqualTo(2 * stepX + 6);
    assertThat(image.getHeight()).isEqualTo(stepY + 4);
    assertThat(image.getRGB(0, 0)).isEqualTo(0xFF000000);
    assertThat(image.getRGB(stepX, 0)).isEqualTo(0xFF333333);
    assertThat(image.getRGB(2 * stepX, 0)).isEqualTo(0xFF666666);
    assertThat(image.getRGB(0, stepY)).isEqualTo(0xFF999999);
    assertThat(image.getRGB(stepX, stepY)).isEqualTo(0xFFCCCCCC);
    assertThat(image.getRGB(2 * stepX, stepY)).isZero();
  }

  @Test
  void eachOriginalIsRightAboveItsReconstruction() {
    List<float[]> originals = ReportSamples.pictures(ReportSamples.GREY, 6).subList(0, 3);
    List<float[]> reconstructions = ReportSamples.pictures(ReportSamples.GREY, 6).subList(3, 6);
    ImageGrid grid = new ImageGrid(ReportSamples.GREY);

    BufferedImage image = grid.drawPairs(originals, reconstructions);

    int left = grid.gutterWidth();
    int stepX = grid.tileWidth() + ImageGrid.GAP;
    int below = grid.tileHeight() + ImageGrid.GAP;
    assertThat(image.getWidth()).isEqualTo(left + 2 * stepX + grid.tileWidth());
    assertThat(image.getHeight()).isEqualTo(below + grid.tileHeight());
    assertThat(image.getRGB(left, 0)).isEqualTo(0xFF000000);
    assertThat(image.getRGB(left, below)).isEqualTo(0xFF999999);
    assertThat(image.getRGB(left + stepX, 0)).isEqualTo(0xFF333333);
    assertThat(image.getRGB(left + stepX, below)).isEqualTo(0xFFCCCCCC);
    assertThat(image.getRGB(left + 2 * stepX, 0)).isEqualTo(0xFF666666);
    assertThat(image.getRGB(left + 2 * stepX, below)).isEqualTo(0xFFFFFFFF);
    assertThat(visiblePixels(image, left, 0, grid.tileHeight())).as("label").isPositive();
    assertThat(visiblePixels(image, left, below, grid.tileHeight())).as("label").isPositive();
  }

  @Test
  void aWiderGapPartsOneRowOfPairsFromTheNext() {
    ImageGrid grid = new ImageGrid(ReportSamples.GREY);
    List<float[]> pictures = ReportSamples.pictures(ReportSamples.GREY, 24);

    BufferedImage image = grid.drawPairs(pictures, pictures);

    int band = 2 * grid.tileHeight() + ImageGrid.GAP;
    assertThat(grid.columns(24)).isEqualTo(12);
    assertThat(image.getHeight()).isEqualTo(2 * band + ImageGrid.PAIR_GAP);
    assertThat(image.getRGB(image.getWidth() - 1, band)).isZero();
  }

  @Test
  void smallImagesAreEnlargedAndLargeOnesAreNot() {
    assertThat(new ImageGrid(new DataShape(1, 28, 28)).tileWidth()).isEqualTo(7 * 28);
    assertThat(new ImageGrid(new DataShape(1, 28, 20)).tileWidth()).isEqualTo(7 * 20);
    assertThat(new ImageGrid(new DataShape(3, 512, 512)).tileWidth()).isEqualTo(512);
  }

  @Test
  void columnsFillTheLastRowWhereTheyCan() {
    ImageGrid grid = new ImageGrid(new DataShape(1, 28, 28));

    assertThat(grid.columns(1)).isEqualTo(1);
    assertThat(grid.columns(7)).isEqualTo(7);
    assertThat(grid.columns(64)).isEqualTo(8);
    assertThat(grid.columns(100)).isEqualTo(10);
    assertThat(new ImageGrid(new DataShape(1, 3000, 3000)).columns(5)).isEqualTo(1);
  }

  @Test
  void valuesBeyondTheRangeAreClampedAndNotANumberStandsOut() {
    float[] picture = {-1f, 2f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.5f};

    BufferedImage image = new ImageGrid(TWO_BY_THREE, 1).draw(List.of(picture));

    assertThat(row(image, 0)).containsExactly(0xFF000000, 0xFFFFFFFF, 0xFFFF00FF);
    assertThat(row(image, 1)).containsExactly(0xFFFFFFFF, 0xFF000000, 0xFF808080);
  }

  @Test
  void dataThatAreNoImageAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageGrid(new DataShape(1, 1, 10)))
        .withMessageContaining("1 x 10")
        .withMessageContaining("no image");
  }

  @Test
  void aPictureOfAnotherSizeIsRefused() {
    ImageGrid grid = new ImageGrid(TWO_BY_THREE, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> grid.draw(List.of(new float[6], new float[7])))
        .withMessage("picture 1 has 7 values, but shape 2 x 3 has 6");
  }

  @Test
  void nothingToDrawAndUnpairedPicturesAreRefused() {
    ImageGrid grid = new ImageGrid(TWO_BY_THREE, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> grid.draw(List.of()))
        .withMessage("there is no picture to draw");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grid.draw(List.of(new float[6]), 0))
        .withMessageContaining("columns is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> grid.drawPairs(List.of(new float[6], new float[6]), List.of(new float[6])))
        .withMessage("2 originals but 1 reconstructions");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageGrid(TWO_BY_THREE, 0))
        .withMessageContaining("scale is 0");
  }

  private static int[] row(BufferedImage image, int y) {
    return image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
  }

  private static int visiblePixels(BufferedImage image, int width, int top, int height) {
    int visible = 0;
    for (int pixel : image.getRGB(0, top, width, height, null, 0, width)) {
      visible += pixel == 0 ? 0 : 1;
    }
    return visible;
  }
}
