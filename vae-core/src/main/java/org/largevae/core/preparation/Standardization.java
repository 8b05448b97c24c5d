package org.largevae.core.preparation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.Scale;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.files.MessageText;

/**
 * Scales fitted to what is observed in the training part: real values get mean 0 and standard
 * deviation 1, positive ones a geometric mean of 1.
 */
final class Standardization {

  private Standardization() {}

  /**
   * Data with fitted scales.
   *
   * @param training in the data's own units
   * @param data what the examples are made of
   * @throws DataException if a real value does not vary, or is never observed
   */
  static DataDescription fit(Examples training, DataDescription data) {
    List<Scale> scales = new ArrayList<>();
    for (int value = 0; value < data.dimensions(); value++) {
      ValueKind kind = data.kind(value);
      if (kind.equals(ValueKinds.REAL)) {
        scales.add(real(training, value, data));
      } else if (kind.equals(ValueKinds.POSITIVE)) {
        scales.add(positive(training, value, data));
      } else {
        scales.add(Scale.NONE);
      }
    }
    return DataDescription.scaled(data, scales);
  }

  private static Scale real(Examples training, int value, DataDescription data) {
    double mean = mean(training, value, data, false);
    double squares = 0;
    long count = 0;
    for (int example = 0; example < training.size(); example++) {
      if (training.isObserved(example, value)) {
        double difference = training.value(example, value) - mean;
        squares += difference * difference;
        count++;
      }
    }
    double deviation = Math.sqrt(squares / count);
    if (!(deviation > 0)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s is %s in every training example, so that it cannot be standardised; leave it out,"
                  + " or set dataset.standardize = false",
              name(value, data),
              (float) mean));
    }
    return new Scale(mean, deviation);
  }

  private static Scale positive(Examples training, int value, DataDescription data) {
    return new Scale(0, Math.exp(mean(training, value, data, true)));
  }

  private static double mean(Examples training, int value, DataDescription data, boolean ofLog) {
    double sum = 0;
    long count = 0;
    for (int example = 0; example < training.size(); example++) {
      if (training.isObserved(example, value)) {
        double x = training.value(example, value);
        sum += ofLog ? Math.log(x) : x;
        count++;
      }
    }
    if (count == 0) {
      throw new DataException(
          name(value, data)
              + " is missing in every training example, so that it cannot be standardised; leave it"
              + " out");
    }
    return sum / count;
  }

  private static String name(int value, DataDescription data) {
    return data.names().isEmpty()
        ? "value " + value + ", counted from 0,"
        : "column \"" + MessageText.of(data.names().get(value)) + "\"";
  }
}
