package org.largevae.core.preparation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.Arrays;
import java.util.Locale;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataException;
import org.largevae.api.data.Dataset;
import org.largevae.api.data.Support;
import org.largevae.api.data.Values;

/**
 * Splits a dataset and brings its values to what the model sees. Configured in the section {@code
 * dataset}, beside the dataset's own keys, here with the defaults:
 *
 * <pre>
 * dataset {
 *   split = [0.8, 0.1, 0.1]   // training, validation, test: fractions, or counts above 1
 *   split-order = shuffled    // or given: the published order, test examples from its end
 *   split-seed = 1
 *   binarization = none       // or static, dynamic, threshold
 *   binarization-seed = 1
 *   threshold = 0.5
 * }
 * </pre>
 *
 * <p>Eight-bit pixels p without binarisation become (p + 1/2) / 256, {@link Support#PIXEL_256};
 * real values stay as they are, {@link Support#REAL}. Binarised values are {@link Support#BINARY}.
 *
 * <p>Random numbers come from {@link java.util.SplittableRandom}, of whose seed the results are a
 * function. Binarisation gives each example a generator of its own, in the dataset's order, so that
 * an example's binary form does not depend on the split, and is the same in validation and test
 * whether binarisation is static or dynamic.
 */
public final class Preparation {
  private static final String SPLIT = "split";
  private static final String SPLIT_ORDER = "split-order";
  private static final String SPLIT_SEED = "split-seed";
  private static final String BINARIZATION = "binarization";
  private static final String BINARIZATION_SEED = "binarization-seed";
  private static final String THRESHOLD = "threshold";

  private final Settings settings;
  private final Split split;
  private final SplitOrder order;
  private final long splitSeed;
  private final Binarization binarization;
  private final long binarizationSeed;
  private final double threshold;

  /**
   * A preparation.
   *
   * @param settings the section {@code dataset}, which holds at least the keys of {@link
   *     #defaults()}
   * @throws org.largevae.api.config.ConfigurationException if a value is bad
   */
  public Preparation(Settings settings) {
    this.settings = settings;
    split = Split.from(settings, SPLIT);
    order = settings.choice(SPLIT_ORDER, SplitOrder.class);
    splitSeed = settings.longInteger(SPLIT_SEED);
    binarization = settings.choice(BINARIZATION, Binarization.class);
    binarizationSeed = settings.longInteger(BINARIZATION_SEED);
    threshold = settings.number(THRESHOLD, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /**
   * A preparation without a configuration file.
   *
   * @param changes what differs from {@link #defaults()}
   * @return the preparation
   * @throws org.largevae.api.config.ConfigurationException if a value is bad
   */
  public static Preparation of(Config changes) {
    return new Preparation(new Settings(changes.withFallback(defaults()), "dataset"));
  }

  /**
   * The keys of a preparation with their defaults.
   *
   * @return to be merged into the section {@code dataset}
   */
  public static Config defaults() {
    return ConfigFactory.parseString(
        """
        split = [0.8, 0.1, 0.1]
        split-order = shuffled
        split-seed = 1
        binarization = none
        binarization-seed = 1
        threshold = 0.5
        """,
        ConfigParseOptions.defaults().setOriginDescription("defaults of dataset"));
  }

  /**
   * Splits and scales a dataset.
   *
   * @param dataset as its provider read it; not changed
   * @return its three parts
   * @throws DataException if a real value is infinite or not a number
   * @throws org.largevae.api.config.ConfigurationException if the split leaves a part empty or asks
   *     for more examples than there are, or the binarisation does not suit the values
   */
  public PreparedDataset prepare(Dataset dataset) {
    long[] counts = checkedCounts(dataset);
    Scaling training = scaling(dataset, binarization);
    // Validation and test are drawn once, so that their losses can be compared between epochs.
    Scaling heldOut =
        binarization == Binarization.DYNAMIC ? scaling(dataset, Binarization.STATIC) : training;
    Split.Indices indices = Split.choose(counts, dataset.size(), order, splitSeed);
    return new PreparedDataset(
        dataset.name(),
        dataset.shape(),
        heldOut.support(),
        training.apply(indices.training()),
        heldOut.apply(indices.validation()),
        heldOut.apply(indices.test()),
        binarization == Binarization.DYNAMIC,
        dataset.fingerprints());
  }

  private long[] checkedCounts(Dataset dataset) {
    long[] counts = split.counts(dataset.size());
    if (Arrays.stream(counts).anyMatch(count -> count < 1)) {
      throw settings.fault(
          SPLIT,
          String.format(
              Locale.ROOT,
              "leaves a part of %s without examples: its %d give %d, %d and %d",
              dataset.name(),
              dataset.size(),
              counts[0],
              counts[1],
              counts[2]));
    }
    long sum = Arrays.stream(counts).sum();
    if (sum > dataset.size()) {
      throw settings.fault(
          SPLIT,
          String.format(
              Locale.ROOT,
              "asks for %d examples, but %s has %d",
              sum,
              dataset.name(),
              dataset.size()));
    }
    return counts;
  }

  private Scaling scaling(Dataset dataset, Binarization kind) {
    if (dataset.values() instanceof Values.Pixels pixels) {
      return scaling(pixels.bytes(), dataset, kind);
    }
    float[] values = ((Values.Reals) dataset.values()).floats();
    requireFinite(values, dataset);
    return switch (kind) {
      case NONE -> Scaling.reals(values, dataset.shape().dimensions());
      case THRESHOLD -> Scaling.realsAbove(values, dataset.shape().dimensions(), threshold);
      case STATIC, DYNAMIC ->
          throw settings.fault(
              BINARIZATION,
              String.format(
                  Locale.ROOT,
                  "needs 8-bit pixels, but the values of %s are real numbers; choose none or threshold",
                  dataset.name()));
    };
  }

  private Scaling scaling(byte[] pixels, Dataset dataset, Binarization kind) {
    int dimensions = dataset.shape().dimensions();
    return switch (kind) {
      case NONE -> Scaling.pixels(pixels, dimensions);
      case STATIC -> Scaling.drawn(pixels, dimensions, binarizationSeed);
      case DYNAMIC -> Scaling.probabilities(pixels, dimensions);
      case THRESHOLD -> {
        if (threshold < 0 || threshold >= 1) {
          throw settings.fault(
              THRESHOLD, "must be at least 0 and below 1, or all pixels become the same");
        }
        yield Scaling.pixelsAbove(pixels, dimensions, threshold);
      }
    };
  }

  private static void requireFinite(float[] values, Dataset dataset) {
    int dimensions = dataset.shape().dimensions();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "dataset %s: value %d of example %d is %s, both counted from 0; values must be"
                    + " finite",
                dataset.name(),
                i % dimensions,
                i / dimensions,
                values[i]));
      }
    }
  }
}
