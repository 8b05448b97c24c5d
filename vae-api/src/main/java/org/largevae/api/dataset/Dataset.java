package org.largevae.api.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * @param labels the examples' classes, where they are known
 * @param columns the names of the D values, all different, where they are columns of real numbers
 *     that have names; empty otherwise
 */
public record Dataset(
    String name,
    DataShape shape,
    int size,
    Values values,
    Map<String, String> fingerprints,
    Optional<Labels> labels,
    List<String> columns)
    implements RawData {

  /**
   * Checks that there are N x D values, N labels if any, and at least one example.
   *
   * @throws DataException if not
   */
  public Dataset {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(shape, "shape is null");
    fingerprints = Map.copyOf(fingerprints);
    columns = List.copyOf(columns);
    if (!columns.isEmpty() && columns.size() != shape.dimensions()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "dataset %s: has %d names for %d columns",
              name,
              columns.size(),
              shape.dimensions()));
    }
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
    if (labels.isPresent() && labels.get().indices().length != size) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "dataset %s: has %d labels for %d examples",
              name,
              labels.get().indices().length,
              size));
    }
  }

  /**
   * Examples whose values have no names.
   *
   * @param name the dataset's name, for messages and results
   * @param shape the shape of an example
   * @param size N, the number of examples
   * @param values N x D values, example by example
   * @param fingerprints the SHA-256, in hexadecimal, of each uncompressed file read, by its name
   * @param labels the examples' classes, where they are known
   * @throws DataException if there are not N x D values, or no examples
   */
  public Dataset(
      String name,
      DataShape shape,
      int size,
      Values values,
      Map<String, String> fingerprints,
      Optional<Labels> labels) {
    this(name, shape, size, values, fingerprints, labels, List.of());
  }

  /**
   * Examples without labels.
   *
   * @param name the dataset's name, for messages and results
   * @param shape the shape of an example
   * @param size N, the number of examples
   * @param values N x D values, example by example
   * @param fingerprints the SHA-256, in hexadecimal, of each uncompressed file read, by its name
   * @throws DataException if there are not N x D values, or no examples
   */
  public Dataset(
      String name, DataShape shape, int size, Values values, Map<String, String> fingerprints) {
    this(name, shape, size, values, fingerprints, Optional.empty());
  }
}
