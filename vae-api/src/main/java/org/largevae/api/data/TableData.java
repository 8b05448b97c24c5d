package org.largevae.api.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A table, whose columns may be of different kinds. */
record TableData(List<Column> columns) implements DataDescription {

  TableData {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a table needs a column");
    }
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("two columns are named \"" + column.name() + "\"");
      }
    }
  }

  @Override
  public DataShape shape() {
    return new DataShape(1, 1, columns.size());
  }

  @Override
  public ValueKind kind(int value) {
    return columns.get(value).kind();
  }

  @Override
  public boolean mayBeMissing(int value) {
    return columns.get(value).mayBeMissing();
  }

  @Override
  public Scale scale(int value) {
    return columns.get(value).scale();
  }

  @Override
  public List<String> categories(int value) {
    return columns.get(value).categories();
  }

  @Override
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }
}
