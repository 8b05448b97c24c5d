package org.largevae.api.data;

import java.util.Objects;

/**
 * A column of a table.
 *
 * @param name as the table has it
 * @param kind what its values are
 * @param mayBeMissing whether examples may lack it
 */
public record Column(String name, ValueKind kind, boolean mayBeMissing) {

  /** Checks that there are a name and a kind. */
  public Column {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(kind, "kind is null");
  }

  /**
   * A column that every example has.
   *
   * @param name as the table has it
   * @param kind what its values are
   */
  public Column(String name, ValueKind kind) {
    this(name, kind, false);
  }
}
