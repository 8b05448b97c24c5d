package org.largevae.core.folder;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Scale;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKindProvider;
import org.largevae.api.data.ValueKinds;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;

/**
 * A description of data as it is written in {@code model.json}: either one kind for all values, or
 * columns.
 *
 * @param channels of the shape
 * @param height of the shape
 * @param width of the shape
 * @param kind of all values, its name under {@code kind} beside its settings; null for a table
 * @param mayBeMissing whether values may be missing; null for a table
 * @param locations of the values' scales; null where there are none and for a table
 * @param spreads of the values' scales; null where there are none and for a table
 * @param columns of a table; null where all values are of one kind
 */
record DataJson(
    int channels,
    int height,
    int width,
    JsonObject kind,
    Boolean mayBeMissing,
    List<Double> locations,
    List<Double> spreads,
    List<ColumnJson> columns) {
  private static final String KIND = "kind";

  /** A column of a table, as it is written; null where there are no categories or no scale. */
  record ColumnJson(
      String name,
      JsonObject kind,
      boolean mayBeMissing,
      List<String> categories,
      Double location,
      Double spread) {

    static ColumnJson of(DataDescription data, int value) {
      Scale scale = data.scale(value);
      boolean none = scale.equals(Scale.NONE);
      List<String> categories = data.categories(value);
      return new ColumnJson(
          data.names().get(value),
          DataJson.kind(data.kind(value)),
          data.mayBeMissing(value),
          categories.isEmpty() ? null : categories,
          none ? null : scale.location(),
          none ? null : scale.spread());
    }

    Column toColumn(Registry registry) {
      Scale scale = location == null && spread == null ? Scale.NONE : scale(location, spread);
      return new Column(
          name,
          DataJson.kind(kind, registry),
          mayBeMissing,
          categories == null ? List.of() : categories,
          scale);
    }
  }

  static DataJson of(DataDescription data) {
    DataShape shape = data.shape();
    IntStream values = IntStream.range(0, data.dimensions());
    if (data.names().isEmpty()) {
      requireUniform(data);
      List<Scale> scales = data.isScaled() ? values.mapToObj(data::scale).toList() : null;
      return new DataJson(
          shape.channels(),
          shape.height(),
          shape.width(),
          kind(data.kind(0)),
          data.hasMissing(),
          scales == null ? null : scales.stream().map(Scale::location).toList(),
          scales == null ? null : scales.stream().map(Scale::spread).toList(),
          null);
    }
    return new DataJson(
        shape.channels(),
        shape.height(),
        shape.width(),
        null,
        null,
        null,
        null,
        values.mapToObj(value -> ColumnJson.of(data, value)).toList());
  }

  private static void requireUniform(DataDescription data) {
    boolean same = data.singleKind().isPresent();
    for (int value = 1; value < data.dimensions(); value++) {
      same &= data.mayBeMissing(value) == data.mayBeMissing(0);
    }
    if (!same) {
      throw new IllegalArgumentException(
          "data whose values differ in kind or in whether they may be missing cannot be saved"
              + " without names; describe them with DataDescription.of(columns)");
    }
  }

  /**
   * Refuses kinds that no plugin brings.
   *
   * @throws ConfigurationException if one is not installed
   */
  void requireInstalled(Path file, Registry registry) {
    List<JsonObject> kinds =
        columns == null
            ? Collections.singletonList(kind)
            : columns.stream().map(ColumnJson::kind).toList();
    for (JsonObject json : kinds) {
      if (json != null && json.get(KIND) instanceof JsonPrimitive name && name.isString()) {
        requireInstalled(file, name.getAsString(), registry);
      }
    }
  }

  private static void requireInstalled(Path file, String name, Registry registry) {
    if (ValueKinds.find(name).isEmpty()) {
      try {
        registry.find(ComponentKind.VALUE_KIND, name);
      } catch (ConfigurationException missing) {
        throw new ConfigurationException(file + ": " + missing.getMessage(), missing);
      }
    }
  }

  /** Throws an IllegalArgumentException or a ConfigurationException where it is damaged. */
  DataDescription toDescription(Registry registry) {
    if (columns != null) {
      if (columns.stream().anyMatch(column -> column == null || column.name() == null)) {
        throw new IllegalArgumentException("a column has no name");
      }
      return DataDescription.of(columns.stream().map(column -> column.toColumn(registry)).toList());
    }
    DataShape shape = new DataShape(channels, height, width);
    int dimensions = shape.dimensions();
    DataDescription plain =
        DataDescription.of(shape, kind(kind, registry), Boolean.TRUE.equals(mayBeMissing));
    if (locations == null && spreads == null) {
      return plain;
    }
    if (locations == null || spreads == null || locations.size() != spreads.size()) {
      throw new IllegalArgumentException("its scales lack locations or spreads");
    }
    if (locations.size() != dimensions) {
      throw new IllegalArgumentException("it has other scales than values");
    }
    return DataDescription.scaled(
        plain,
        IntStream.range(0, dimensions)
            .mapToObj(i -> scale(locations.get(i), spreads.get(i)))
            .toList());
  }

  private static Scale scale(Double location, Double spread) {
    if (location == null || spread == null) {
      throw new IllegalArgumentException("a scale lacks its location or its spread");
    }
    return new Scale(location, spread);
  }

  private static JsonObject kind(ValueKind kind) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(KIND, kind.name());
    if (!(kind instanceof Record settings)) {
      throw new IllegalArgumentException(
          "the kind of value \"" + kind.name() + "\" is no record and cannot be saved");
    }
    values.putAll(SettingsSchema.valuesOf(settings));
    return JsonFile.tree(values);
  }

  private static ValueKind kind(JsonObject json, Registry registry) {
    if (json == null || !json.has(KIND)) {
      throw new IllegalArgumentException("it does not say which values data have");
    }
    Settings settings = new Settings(JsonConfig.of(json, ModelDescription.FILE), KIND);
    String name = settings.text(KIND);
    return ValueKinds.find(name)
        .map(schema -> (ValueKind) schema.read(settings))
        .orElseGet(() -> read(registry.find(ComponentKind.VALUE_KIND, name), settings));
  }

  private static <K extends Record & ValueKind> ValueKind read(
      ValueKindProvider<K> provider, Settings settings) {
    return provider.settings().read(settings);
  }
}
