package org.largevae.core.preparation;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.files.MessageText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses a preparation under which data lose their meaning, and warns of one that leaves little.
 */
final class PreparationChecks {
  private static final Logger LOGGER = LoggerFactory.getLogger(PreparationChecks.class);
  private static final int WHITE = 255;

  /** A share of ones beyond which hardly anything is left to learn. */
  private static final double NEARLY_NONE = 1e-3;

  private PreparationChecks() {}

  /** Bytes of 0 and 1 are masks, not pixels: as p / 255 all of them would become 0. */
  static void pixels(byte[] pixels, PreparationSettings settings, String name) {
    int highest = 0;
    for (byte pixel : pixels) {
      highest = Math.max(highest, pixel & 0xff);
    }
    boolean cutBelow =
        settings.binarization() == Binarization.THRESHOLD && settings.threshold() * WHITE < 1;
    if (highest != 1 || cutBelow) {
      return;
    }
    String found =
        String.format(
            Locale.ROOT,
            "the pixels of %s are 0 and 1 alone, where 0 to 255 are meant; for ones that stay ones"
                + " set dataset.binarization = threshold and dataset.threshold = 0.001",
            name);
    if (settings.binarization() == Binarization.NONE) {
      LOGGER.warn("{}", found);
    } else {
      throw new SettingException("binarization", "would make every pixel 0: " + found);
    }
  }

  /** Whole numbers up to 255 are pixels that were saved as real numbers. */
  static void threshold(float[] values, double threshold, String name) {
    float highest = 0;
    long above = 0;
    for (float value : values) {
      if (value < 0 || value > WHITE || value != Math.rint(value)) {
        return;
      }
      highest = Math.max(highest, value);
      above += value > threshold ? 1 : 0;
    }
    if (highest > 1 && threshold < 1) {
      throw new SettingException(
          "threshold",
          String.format(
              Locale.ROOT,
              "is compared with the values themselves, but those of %s are whole numbers from 0 to"
                  + " %.0f, of which %.0f %% are above it; read them as pixels with dataset.values"
                  + " = pixels, or choose a threshold between them",
              name,
              highest,
              100.0 * above / values.length));
    }
  }

  /** What is left to learn from. */
  static void result(PreparedDataset dataset) {
    Examples training = dataset.training();
    float first = training.value(0, 0);
    double sum = 0;
    boolean constant = true;
    float[] values = new float[training.dimensions()];
    for (int example = 0; example < training.size(); example++) {
      training.copy(example, values, 0);
      for (float value : values) {
        sum += value;
        constant &= value == first;
      }
    }
    long count = (long) training.size() * training.dimensions();
    boolean binary = dataset.data().singleKind().filter(ValueKinds.BINARY::equals).isPresent();
    boolean drawnAnew = dataset.resampled() && first > 0 && first < 1;
    if (constant && count > 1 && !drawnAnew) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "dataset %s: every value of the training examples is %s after preparation, so that"
                  + " there is nothing to learn; see dataset.binarization, dataset.threshold and"
                  + " dataset.values",
              dataset.name(),
              first));
    }
    constants(dataset);
    UnscaledValues.warn(dataset);
    double share = sum / count;
    if (binary && (share < NEARLY_NONE || share > 1 - NEARLY_NONE)) {
      LOGGER.warn(
          String.format(
              Locale.ROOT,
              "dataset %s: %.3g %% of the training values are ones after preparation, which leaves"
                  + " hardly anything to learn; see dataset.binarization and dataset.threshold",
              dataset.name(),
              100 * share));
    }
  }

  /** Real values that are the same in every training example. */
  private static void constants(PreparedDataset dataset) {
    Examples training = dataset.training();
    int dimensions = training.dimensions();
    List<Integer> constant =
        IntStream.range(0, dimensions)
            .filter(d -> dataset.data().kind(d).equals(ValueKinds.REAL) && isConstant(training, d))
            .boxed()
            .toList();
    if (training.size() < 2 || constant.isEmpty()) {
      return;
    }
    if (constant.size() == dimensions) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "dataset %s: all %d training examples are the same, so that there is nothing to learn",
              dataset.name(),
              training.size()));
    }
    LOGGER.warn(
        "dataset {}: {} the same in every training example, about which a density of real numbers"
            + " grows without bound; leave out what says nothing",
        dataset.name(),
        shown(constant, dataset.data()));
  }

  private static boolean isConstant(Examples examples, int value) {
    float first = Float.NaN;
    for (int example = 0; example < examples.size(); example++) {
      if (examples.isObserved(example, value)) {
        float found = examples.value(example, value);
        if (!Float.isNaN(first) && found != first) {
          return false;
        }
        first = found;
      }
    }
    return true;
  }

  private static String shown(List<Integer> values, DataDescription data) {
    List<String> names = data.names();
    if (!names.isEmpty()) {
      String list = MessageText.of(values.stream().map(d -> "\"" + names.get(d) + "\"").toList());
      return (values.size() == 1 ? "column " : "columns ")
          + list
          + (values.size() == 1 ? " is" : " are");
    }
    String list = MessageText.of(values.stream().map(d -> String.valueOf(d + 1)).toList());
    return values.size() == 1
        ? "value " + list + " of an example, counted from 1, is"
        : String.format(
            Locale.ROOT, "%d values of an example (counted from 1: %s) are", values.size(), list);
  }
}
