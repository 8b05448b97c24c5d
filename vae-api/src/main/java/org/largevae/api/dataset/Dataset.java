package org.largevae.api.dataset;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;

/**
 * Examples as a provider read them, before they are split and scaled.
 *
 * @param name the dataset's name, for messages and results
 * @param shape the shape of an example
 * @param size N, the number of examples
 * @param values N x D values, example by example; where the publishers set test examples apart,
 *     these come last
 * @param fingerprints the SHA-256, in hexadecimal, of each uncompressed file read, by its name
 */
public record Dataset(
    String name, DataShape shape, int size, Values values, Map<String, String> fingerprints) {

  /** Checks that there are N x D values and at least one example. */
  public Dataset {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(shape, "shape is null");
    fingerprints = Map.copyOf(fingerprints);
    if (size < 1) {
      throw new DataException("dataset " + name + ": holds no examples");
    }
    if (values.length() != (long) size * shape.dimensions()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "dataset %s: %d values are not %d examples of %s",
              name,
              values.length(),
              size,
              shape));
    }
  }
}
