package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.tensor.ShapeException;
import org.largevae.core.testing.TinyData;
import org.largevae.likelihoods.Bernoulli;
import org.largevae.likelihoods.DiscretizedLogistic;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VaeImagesTest {
  private static final int WIDTH = 3;
  private static final int HEIGHT = 2;
  private TrainedVae grey;
  private TrainedVae binary;
  private TrainedVae colour;

  @BeforeAll
  void train(@TempDir Path folder) {
    grey = TinyVaes.train(TinyData.GREY_LEVEL);
    TinyRuns.train(folder, TinyData.BINARY, "dataset.threshold = 0.7").close();
    binary = TrainedVae.open(folder);
    DataShape shape = new DataShape(3, HEIGHT, WIDTH);
    float[][] examples = new float[20][];
    for (int i = 0; i < 20; i++) {
      BufferedImage image = plain(BufferedImage.TYPE_INT_RGB, new Color(i, 200, 255 - i));
      examples[i] = VaeImages.greyLevels(image, shape);
    }
    DataDescription data = DataDescription.of(shape, ValueKinds.GREY_LEVEL);
    Vae vae = TinyVaes.vae(data, new DiscretizedLogistic(data));
    colour = TinyVaes.trainer(vae, examples).train();
  }

  @AfterAll
  void close() {
    grey.close();
    binary.close();
    colour.close();
  }

  @Test
  void everyPixelBecomesTheMiddleOfItsLevelAndComesBack() {
    VaeImages images = grey.images();
    for (int level = 0; level < 256; level++) {
      BufferedImage image = grey(level);
      float[] example = images.toExample(image);
      assertThat(example).hasSize(6).containsOnly((level + 0.5f) / 256);
      BufferedImage back = images.toImage(example);
      assertThat(back.getRaster().getSample(1, 1, 0)).isEqualTo(level);
      assertThat(back.getWidth()).isEqualTo(WIDTH);
      assertThat(back.getHeight()).isEqualTo(HEIGHT);
    }
  }

  @Test
  void binaryModelCutsAtTheRunsThreshold() {
    VaeImages images = binary.images();
    assertThat(images.toExample(grey(178))).containsOnly(0);
    assertThat(images.toExample(grey(179))).containsOnly(1);
    assertThat(images.toImage(new float[] {0, 1, 0.5f, 0, 0, 0}).getRaster())
        .satisfies(
            raster -> {
              assertThat(raster.getSample(0, 0, 0)).isZero();
              assertThat(raster.getSample(1, 0, 0)).isEqualTo(255);
              assertThat(raster.getSample(2, 0, 0)).isEqualTo(128);
            });
  }

  @Test
  void modelMadeInJavaCutsInTheMiddle() {
    try (TrainedVae vae = TinyVaes.train(TinyData.BINARY)) {
      assertThat(vae.images().toExample(grey(127))).containsOnly(0);
      assertThat(vae.images().toExample(grey(128))).containsOnly(1);
    }
  }

  @Test
  void coloursBecomeLumaAndTransparencyWhite() {
    VaeImages images = grey.images();
    BufferedImage green = plain(BufferedImage.TYPE_INT_RGB, new Color(0, 100, 0));
    assertThat(images.toExample(green)).containsOnly((59 + 0.5f) / 256);
    BufferedImage clear = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    assertThat(images.toExample(clear)).containsOnly((255 + 0.5f) / 256);
  }

  @Test
  void channelsStandOneAfterAnother() {
    VaeImages images = colour.images();
    assertThat(colour.data().shape()).isEqualTo(new DataShape(3, HEIGHT, WIDTH));
    BufferedImage image = plain(BufferedImage.TYPE_INT_RGB, Color.BLACK);
    image.setRGB(2, 1, new Color(10, 20, 30).getRGB());
    float[] example = images.toExample(image);
    assertThat(example[5]).isEqualTo(10.5f / 256);
    assertThat(example[11]).isEqualTo(20.5f / 256);
    assertThat(example[17]).isEqualTo(30.5f / 256);
    assertThat(new Color(images.toImage(example).getRGB(2, 1))).isEqualTo(new Color(10, 20, 30));
    assertThat(images.toExample(grey(40))).hasSize(18).containsOnly(40.5f / 256);
  }

  @Test
  void workOnPicturesIsWorkOnTheirValues() {
    VaeImages images = grey.images();
    BufferedImage image = grey(77);
    float[] example = images.toExample(image);
    assertThat(images.encode(image)).isEqualTo(grey.encode(example));
    assertThat(images.logLikelihood(image, 5, 1)).isEqualTo(grey.logLikelihood(example, 5, 1));
    assertThat(images.logLikelihood(List.of(image), 5, 1))
        .isEqualTo(grey.logLikelihood(new float[][] {example}, 5, 1));
    assertSame(images.reconstruct(image), images.toImage(grey.reconstruct(example)));
    assertSame(images.sample(2, 1).get(1), images.toImage(grey.sample(2, 1)[1]));
    assertSame(
        images.decode(new float[] {1, -1}), images.toImage(grey.decode(new float[] {1, -1})));
    List<BufferedImage> path = images.interpolate(image, grey(200), 4);
    assertThat(path).hasSize(4);
    assertSame(path.get(0), images.reconstruct(image));
  }

  /** Each pixel is the mean of the 2 x 2 that it covers: 40, 30 and so on, exactly. */
  @Test
  void aPictureOfAnotherSizeIsFitted() {
    BufferedImage large = new BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 24; i++) {
      int mean = 10 * (i / 2 % 3) + 100 * (i / 12);
      large.getRaster().setSample(i % 6, i / 6, 0, mean + 3 * (i % 2));
    }
    float[] example = grey.images().toExample(grey.images().fit(large));
    // the mean of m and m + 3 is m + 1.5, of which either neighbour is right
    int[] means = {0, 10, 20, 100, 110, 120};
    for (int d = 0; d < 6; d++) {
      assertThat(example[d] * 256 - 0.5).isBetween(means[d] + 1.0, means[d] + 2.0);
    }
    BufferedImage fitted = grey.images().fit(grey(77));
    assertSame(fitted, grey(77));
    assertThat(colour.images().toExample(colour.images().fit(large))).hasSize(18);
  }

  @Test
  void aFileThatIsNoPictureIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.png"), "no picture");
    assertThatThrownBy(() -> grey.images().read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": cannot be decoded as an image: it is neither PNG nor JPEG");
    assertThatThrownBy(() -> grey.images().read(folder.resolve("gone.png")))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder.resolve("gone.png") + ": cannot be read");
  }

  @Test
  void pictureOfAnotherSizeIsRefusedWithBothSizes() {
    BufferedImage turned = new BufferedImage(HEIGHT, WIDTH, BufferedImage.TYPE_BYTE_GRAY);
    assertThatThrownBy(() -> grey.images().encode(turned))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("2 pixels wide and 3 high")
        .hasMessageContaining("3 wide and 2 high");
    assertThatThrownBy(() -> grey.images().toImage(new float[5]))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("5 values");
  }

  @Test
  void realNumbersAndDataThatAreNoImagesHaveNoPictures() {
    try (TrainedVae real = TinyVaes.train(TinyData.REAL)) {
      assertThatThrownBy(real::images)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("neither binary nor grey levels");
    }
    float[][] rows = TinyData.BINARY.rows(30, 1);
    DataDescription line = DataDescription.of(new DataShape(1, 1, 6), ValueKinds.BINARY);
    try (TrainedVae flat =
        TinyVaes.trainer(TinyVaes.vae(line, new Bernoulli(line)), rows).train()) {
      assertThatThrownBy(flat::images)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("1 x 6 and are no images");
    }
  }

  private static void assertSame(BufferedImage found, BufferedImage expected) {
    int[] pixels = expected.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
    assertThat(found.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH)).isEqualTo(pixels);
  }

  private static BufferedImage grey(int level) {
    return PixelConversion.write(bytes(level), new DataShape(1, HEIGHT, WIDTH));
  }

  private static byte[] bytes(int level) {
    byte[] pixels = new byte[WIDTH * HEIGHT];
    Arrays.fill(pixels, (byte) level);
    return pixels;
  }

  private static BufferedImage plain(int type, Color color) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, color.getRGB());
    }
    return image;
  }
}
