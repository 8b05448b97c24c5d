package com.example.anomalies;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.largevae.api.component.GradientRule;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.core.TrainedVae;
import org.largevae.core.Vae;
import org.largevae.core.VaeImages;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.training.TrainingListener;
import org.largevae.likelihoods.Bernoulli;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.VampPrior;
import org.largevae.priors.VampPriorSettings;

/**
 * Finds unlikely images: trains a variational autoencoder on handwritten digits, or opens one that
 * was trained, and scores images that it has never seen by log p(x). Digits that were spoilt should
 * score lower than digits; the least likely digits should look odd.
 */
public final class Main {
  private static final int TRAINING_IMAGES = 8000;
  private static final int TEST_IMAGES = 500;
  private static final int IMPORTANCE_SAMPLES = 25;
  private static final long SEED = 1;
  private static final Path PICTURE = Path.of("anomalies.png");

  private Main() {}

  /**
   * Runs the application.
   *
   * @param arguments nothing, or the folder of a run to open in place of training
   * @throws IOException if the picture cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    List<BufferedImage> digits = Digits.load();
    List<BufferedImage> test = digits.subList(TRAINING_IMAGES, TRAINING_IMAGES + TEST_IMAGES);
    try (TrainedVae vae =
        arguments.length > 0
            ? TrainedVae.open(Path.of(arguments[0]))
            : train(digits.subList(0, TRAINING_IMAGES))) {
      double[] scores = vae.images().logLikelihood(test, IMPORTANCE_SAMPLES, SEED);
      System.out.printf(Locale.ROOT, "%n%-14s %21s %20s%n", "", "log p(x) in nats", "AUC against");
      System.out.printf(
          Locale.ROOT, "%-14s %8s %6s %6s %18s%n", "images", "median", "5 %", "95 %", "the digits");
      print("digits", scores, "");
      for (Corruption corruption : Corruption.values()) {
        List<BufferedImage> spoilt = test.stream().map(corruption::apply).toList();
        double[] lower = vae.images().logLikelihood(spoilt, IMPORTANCE_SAMPLES, SEED);
        double area = Detection.areaUnderCurve(scores, lower);
        print(corruption.description(), lower, String.format(Locale.ROOT, "%.3f", area));
      }
      ImageIO.write(RankedSheet.draw(vae, test, scores), "png", PICTURE.toFile());
      System.out.printf("%nmost and least likely digits: %s%n", PICTURE.toAbsolutePath());
    } catch (ConfigurationException | DataException fault) {
      System.err.println(fault.getMessage());
      System.exit(1);
    }
  }

  /** Grey values are taken for probabilities, from which binary images are drawn in each epoch. */
  private static TrainedVae train(List<BufferedImage> images) {
    DataDescription data = DataDescription.of(new DataShape(1, 28, 28), ValueKinds.BINARY);
    ModelShape shape = ModelShape.of(data, 20);
    Vae vae =
        Vae.of(
            shape,
            new GatedMlpEncoder(shape, 200),
            new VampPrior(pseudoInputs(), shape),
            new GatedMlpDecoder(shape, new Bernoulli(data), 200));
    float[][] probabilities =
        images.stream()
            .map(image -> VaeImages.probabilities(image, data.shape()))
            .toArray(float[][]::new);
    return vae.trainer(probabilities)
        .dynamicBinarization()
        .epochs(12)
        .warmUpEpochs(5)
        .learningRate(1e-3)
        .seed(SEED)
        .listener(new Progress())
        .train();
  }

  /** 50, which start as training images with some noise. */
  private static VampPriorSettings pseudoInputs() {
    return new VampPriorSettings(
        50, VampPriorSettings.Init.TRAINING_DATA, 0.05, 0.01, 0.01, GradientRule.OPTIMIZER);
  }

  private static void print(String name, double[] scores, String area) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%-14s %8.1f %6.0f %6.0f %18s%n",
        name,
        quantile(sorted, 0.5),
        quantile(sorted, 0.05),
        quantile(sorted, 0.95),
        area);
  }

  private static double quantile(double[] sorted, double fraction) {
    return sorted[(int) Math.round(fraction * (sorted.length - 1))];
  }

  /** One line an epoch. */
  private static final class Progress implements TrainingListener {
    @Override
    public void onEpoch(EpochMetrics metrics, boolean best) {
      System.out.printf(
          Locale.ROOT,
          "epoch %2d: %.1f nats on validation images%n",
          metrics.epoch(),
          -metrics.validationLoss());
    }
  }
}
