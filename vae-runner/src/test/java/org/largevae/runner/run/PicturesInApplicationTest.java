package org.largevae.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.Settings;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.core.TrainedVae;
import org.largevae.core.Vae;
import org.largevae.core.VaeImages;
import org.largevae.core.preparation.Preparation;
import org.largevae.core.preparation.PreparationSettings;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.datasets.ImagesProvider;
import org.largevae.likelihoods.DiscretizedLogistic;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.StandardPrior;
import org.largevae.runner.testing.OfflineFiles;

/** An application sees a picture as the dataset does that the model was trained on. */
class PicturesInApplicationTest {
  private static final int SIDE = 16;

  @TempDir private Path folder;
  private final List<Path> files = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aFileGivesTheValuesAndTheLikelihoodOfTheDataset(int channels) throws IOException {
    write();
    PreparedDataset prepared = prepare("channels = " + channels);
    float[][] examples = prepared.training().rows();
    ModelShape shape = ModelShape.of(prepared.data(), 2);
    Vae vae =
        Vae.of(
            shape,
            new GatedMlpEncoder(shape, 4),
            new StandardPrior(shape),
            new GatedMlpDecoder(shape, new DiscretizedLogistic(prepared.data()), 4));
    try (TrainedVae trained = vae.trainer(examples).epochs(1).batchSize(4).train()) {
      VaeImages images = trained.images();
      for (int i = 0; i < examples.length; i++) {
        BufferedImage picture = images.read(files.get(i));
        assertThat(images.toExample(picture)).isEqualTo(examples[i]);
        assertThat(images.logLikelihood(picture, 10, 1))
            .isEqualTo(trained.logLikelihood(examples[i], 10, 1));
      }
      // the png, decoded by the application itself
      BufferedImage fitted = images.fit(ImageIO.read(files.get(0).toFile()));
      assertThat(images.toExample(fitted)).isEqualTo(examples[0]);
    }
  }

  @Test
  void aPictureIsCutAtTheThresholdOfTheDataset() throws IOException {
    write();
    PreparedDataset prepared = prepare("binarization = threshold, threshold = 0.6");
    float[][] examples = prepared.training().rows();
    DataShape shape = prepared.data().shape();
    for (int i = 0; i < examples.length; i++) {
      float[] example = VaeImages.binary(VaeImages.read(files.get(i), shape), shape, 0.6);
      assertThat(example).isEqualTo(examples[i]);
    }
  }

  private PreparedDataset prepare(String keys) {
    ImagesProvider provider = new ImagesProvider();
    String section =
        String.format(
            Locale.ROOT,
            "folder = \"%s\", width = %d, height = %d, split-order = given, split = [6, 2, 2], %s",
            folder,
            SIDE,
            SIDE,
            keys);
    SettingsSchema<PreparationSettings> common = SettingsSchema.of(PreparationSettings.class);
    Config whole =
        ConfigFactory.parseString(section)
            .withFallback(provider.settings().defaults("the defaults"))
            .withFallback(common.defaults("the defaults"));
    Settings settings = new Settings(whole, "dataset");
    return new Preparation(common.read(settings))
        .prepare(provider.load(provider.settings().read(settings), OfflineFiles.in(folder)));
  }

  /** Noise of 128 x 128 and other sizes, grey and in colour, with transparent parts. */
  private void write() throws IOException {
    int[] types = {
      BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_ARGB
    };
    for (int n = 0; n < 10; n++) {
      String format = n % 2 == 0 ? "png" : "jpg";
      int type = format.equals("jpg") ? types[n % 4 / 2] : types[n % 3];
      BufferedImage image = new BufferedImage(128, n < 5 ? 128 : 100 + n, type);
      for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
        int noise = (i + 7919 * n) * 0x9E3779B1;
        image.setRGB(i % 128, i / 128, noise ^ noise >>> 15);
      }
      Path file = folder.resolve(n + "." + format);
      assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
      assertThat(Files.size(file)).isPositive();
      files.add(file);
    }
  }
}
