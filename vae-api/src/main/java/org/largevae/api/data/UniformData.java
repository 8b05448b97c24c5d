package org.largevae.api.data;

import java.util.Objects;
import java.util.Optional;

/** Data whose values are all of one kind. */
record UniformData(DataShape shape, ValueKind kind, boolean missing) implements DataDescription {

  UniformData {
    Objects.requireNonNull(shape, "shape is null");
    Objects.requireNonNull(kind, "kind is null");
  }

  @Override
  public ValueKind kind(int value) {
    return kind;
  }

  @Override
  public boolean mayBeMissing(int value) {
    return missing;
  }

  @Override
  public boolean hasMissing() {
    return missing;
  }

  @Override
  public boolean isScaled() {
    return false;
  }

  @Override
  public Optional<ValueKind> singleKind() {
    return Optional.of(kind);
  }
}
