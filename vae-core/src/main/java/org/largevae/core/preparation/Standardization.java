package org.largevae.core.preparation;

import java.util.Locale;
import java.util.stream.IntStream;
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
    int dimensions = data.dimensions();
    double[] means = new double[dimensions];
    long[] counts = new long[dimensions];
    eachKnown(
        training,
        data,
        (value, x) -> {
          means[value] += data.kind(value).equals(ValueKinds.POSITIVE) ? Math.log(x) : x;
          counts[value]++;
        });
    for (int value = 0; value < dimensions; value++) {
      if (counts[value] == 0 && isFitted(data, value)) {
        throw new DataException(
            name(value, data)
                + " is missing in every training example, so that it cannot be standardised; leave"
                + " it out");
      }
      means[value] /= counts[value];
    }
    double[] squares = new double[dimensions];
    eachKnown(
        training, data, (value, x) -> squares[value] += (x - means[value]) * (x - means[value]));
    return DataDescription.scaled(
        data,
        IntStream.range(0, dimensions)
            .mapToObj(
                value ->
                    scale(value, data, means[value], Math.sqrt(squares[value] / counts[value])))
            .toList());
  }

  private static Scale scale(int value, DataDescription data, double mean, double deviation) {
    if (!isFitted(data, value)) {
      return Scale.NONE;
    }
    if (data.kind(value).equals(ValueKinds.POSITIVE)) {
      return new Scale(0, Math.exp(mean));
    }
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

  private static boolean isFitted(DataDescription data, int value) {
    ValueKind kind = data.kind(value);
    return kind.equals(ValueKinds.REAL) || kind.equals(ValueKinds.POSITIVE);
  }

  /** Takes a value and its position in an example. */
  private interface Sum {
    void add(int value, double x);
  }

  /** Example by example, as those that are mapped are best read. */
  private static void eachKnown(Examples training, DataDescription data, Sum sum) {
    int[] fitted =
        IntStream.range(0, data.dimensions()).filter(value -> isFitted(data, value)).toArray();
    for (int example = 0; example < training.size(); example++) {
      for (int value : fitted) {
        if (training.isObserved(example, value)) {
          sum.add(value, training.value(example, value));
        }
      }
    }
  }

  private static String name(int value, DataDescription data) {
    return data.names().isEmpty()
        ? "value " + value + ", counted from 0,"
        : "column \"" + MessageText.of(data.names().get(value)) + "\"";
  }
}
