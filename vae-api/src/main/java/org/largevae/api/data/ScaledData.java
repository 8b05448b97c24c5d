package org.largevae.api.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Data of one kind of which a model sees other numbers than the data's own. */
record ScaledData(UniformData data, List<Scale> scales) implements DataDescription {

  static DataDescription of(DataDescription data, List<Scale> scales) {
    if (scales.size() != data.dimensions()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d scales for %d values", scales.size(), data.dimensions()));
    }
    if (data instanceof TableData table) {
      return new TableData(
          IntStream.range(0, scales.size())
              .mapToObj(i -> table.columns().get(i).withScale(scales.get(i)))
              .toList());
    }
    UniformData uniform =
        data instanceof ScaledData scaled
            ? scaled.data
            : new UniformData(data.shape(), data.kind(0), data.hasMissing());
    boolean none = scales.stream().allMatch(Scale.NONE::equals);
    return none ? uniform : new ScaledData(uniform, List.copyOf(scales));
  }

  @Override
  public DataShape shape() {
    return data.shape();
  }

  @Override
  public ValueKind kind(int value) {
    return data.kind(value);
  }

  @Override
  public boolean mayBeMissing(int value) {
    return data.mayBeMissing(value);
  }

  @Override
  public boolean hasMissing() {
    return data.hasMissing();
  }

  @Override
  public Scale scale(int value) {
    return scales.get(value);
  }

  @Override
  public boolean isScaled() {
    return true;
  }

  @Override
  public Optional<ValueKind> singleKind() {
    return data.singleKind();
  }
}
