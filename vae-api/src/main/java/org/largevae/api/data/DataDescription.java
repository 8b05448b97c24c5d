package org.largevae.api.data;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What examples are made of: their shape, and for each value its kind and whether it may be
 * missing. An interface, since it will grow: read it through its methods, make one with {@link
 * #of}.
 */
public interface DataDescription {

  /**
   * The shape of an example.
   *
   * @return D values in all; a table has one row of columns
   */
  DataShape shape();

  /**
   * The kind of a value.
   *
   * @param value its position in an example, 0 to D - 1
   * @return what it may be
   */
  ValueKind kind(int value);

  /**
   * Whether examples may lack a value.
   *
   * @param value its position in an example, 0 to D - 1
   * @return false unless overridden
   */
  default boolean mayBeMissing(int value) {
    return false;
  }

  /**
   * How a value becomes what a model sees: batches hold values so scaled, and an application, a
   * file or a log-density is in the data's own unit.
   *
   * @param value its position in an example, 0 to D - 1
   * @return {@link Scale#NONE} unless overridden
   */
  default Scale scale(int value) {
    return Scale.NONE;
  }

  /**
   * Whether a model sees other numbers than the data's own.
   *
   * @return true if a value has a scale
   */
  default boolean isScaled() {
    for (int value = 0; value < dimensions(); value++) {
      if (!scale(value).equals(Scale.NONE)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The same data, of which a model sees their own numbers.
   *
   * @return these where nothing is scaled
   */
  default DataDescription unscaled() {
    return isScaled() ? scaled(this, Collections.nCopies(dimensions(), Scale.NONE)) : this;
  }

  /**
   * The words that the values of a column stand for.
   *
   * @param value its position in an example, 0 to D - 1
   * @return what 0, 1, 2 and so on mean; empty where values are numbers
   */
  default List<String> categories(int value) {
    return List.of();
  }

  /**
   * The names of a table's columns.
   *
   * @return D names, or none
   */
  default List<String> names() {
    return List.of();
  }

  /**
   * D, the number of values in an example.
   *
   * @return at least 1
   */
  default int dimensions() {
    return shape().dimensions();
  }

  /**
   * The kind of all values, where they have one kind.
   *
   * @return the kind; empty for data of mixed kinds
   */
  default Optional<ValueKind> singleKind() {
    ValueKind first = kind(0);
    for (int value = 1; value < dimensions(); value++) {
      if (!kind(value).equals(first)) {
        return Optional.empty();
      }
    }
    return Optional.of(first);
  }

  /**
   * Whether examples may lack any value.
   *
   * @return true if one may be missing
   */
  default boolean hasMissing() {
    for (int value = 0; value < dimensions(); value++) {
      if (mayBeMissing(value)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Data whose values are all of one kind, none of them missing.
   *
   * @param shape the shape of an example
   * @param kind of every value
   * @return the description
   */
  static DataDescription of(DataShape shape, ValueKind kind) {
    return new UniformData(shape, kind, false);
  }

  /**
   * Data whose values are all of one kind.
   *
   * @param shape the shape of an example
   * @param kind of every value
   * @param mayBeMissing whether values may be missing
   * @return the description
   */
  static DataDescription of(DataShape shape, ValueKind kind, boolean mayBeMissing) {
    return new UniformData(shape, kind, mayBeMissing);
  }

  /**
   * The same data with other scales.
   *
   * @param data any data
   * @param scales D scales
   * @return the description
   * @throws IllegalArgumentException if there are not D
   */
  static DataDescription scaled(DataDescription data, List<Scale> scales) {
    return ScaledData.of(data, scales);
  }

  /**
   * A table.
   *
   * @param columns at least one
   * @return the description
   * @throws IllegalArgumentException if there is no column or two have the same name
   */
  static DataDescription of(List<Column> columns) {
    return new TableData(columns);
  }
}
