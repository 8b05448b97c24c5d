package org.largevae.api.data;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * A column of a table.
 *
 * @param name as the table has it
 * @param kind what its values are
 * @param mayBeMissing whether examples may lack it
 * @param categories what 0, 1, 2 and so on stand for in a table of words; empty where values are
 *     the table's own numbers
 * @param scale how its values become what a model sees; {@link Scale#NONE} for values that can be
 *     listed
 */
public record Column(
    String name, ValueKind kind, boolean mayBeMissing, List<String> categories, Scale scale) {

  /** Checks that there are a name and a kind, and that they fit the categories and the scale. */
  public Column {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(scale, "scale is null");
    categories = List.copyOf(categories);
    if (new HashSet<>(categories).size() < categories.size()) {
      throw new IllegalArgumentException("column \"" + name + "\" has a category twice");
    }
    if (!categories.isEmpty() && kind.holds(categories.size())) {
      throw new IllegalArgumentException(
          "column \"" + name + "\" has " + categories.size() + " categories, but " + kind.rule());
    }
    if (kind.isDiscrete() && !scale.equals(Scale.NONE)) {
      throw new IllegalArgumentException(
          "column \"" + name + "\" holds " + kind.name() + " values, which have no other scale");
    }
  }

  /**
   * A column of the table's own numbers.
   *
   * @param name as the table has it
   * @param kind what its values are
   * @param mayBeMissing whether examples may lack it
   */
  public Column(String name, ValueKind kind, boolean mayBeMissing) {
    this(name, kind, mayBeMissing, List.of(), Scale.NONE);
  }

  /**
   * A column of the table's own numbers that every example has.
   *
   * @param name as the table has it
   * @param kind what its values are
   */
  public Column(String name, ValueKind kind) {
    this(name, kind, false);
  }

  /**
   * The same column with another scale.
   *
   * @param other how its values become what a model sees
   * @return the column
   */
  public Column withScale(Scale other) {
    return new Column(name, kind, mayBeMissing, categories, other);
  }
}
