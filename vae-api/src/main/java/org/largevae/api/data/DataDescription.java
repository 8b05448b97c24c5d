package org.largevae.api.data;

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
