package org.largevae.core.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.largevae.api.config.Names;
import org.largevae.api.config.SettingException;
import org.largevae.api.files.MessageText;

/**
 * What the settings say of a table's columns.
 *
 * @param kinds the names of the kinds of those that hold data, by the columns' names
 * @param levels of ordinal columns whose order is given, by the columns' names
 * @param apart columns that hold no data
 */
record ColumnRoles(
    Map<String, String> kinds, Map<String, List<String>> levels, List<String> apart) {

  /**
   * Reads the settings.
   *
   * @throws SettingException if a column is not in the table
   */
  static ColumnRoles of(ColumnSettings settings, List<String> columns) {
    Map<String, String> kinds = new LinkedHashMap<>();
    Map<String, List<String>> levels = new LinkedHashMap<>();
    Map<String, List<String>> keys = new LinkedHashMap<>();
    keys.put("real", settings.real());
    keys.put("positive", settings.positive());
    keys.put("count", settings.count());
    keys.put("binary", settings.binary());
    keys.put("category", settings.category());
    keys.forEach(
        (kind, names) ->
            names.stream()
                .filter(name -> !name.equals(ColumnSettings.ALL))
                .forEach(name -> kinds.put(known(kind, name, columns), kind)));
    for (String text : settings.ordinal()) {
      OrdinalText ordinal = OrdinalText.of(text);
      kinds.put(known("ordinal", ordinal.column(), columns), "ordinal");
      levels.put(ordinal.column(), ordinal.levels());
    }
    settings.mayBeMissing().stream()
        .filter(name -> !name.equals(ColumnSettings.ALL))
        .forEach(name -> known("may-be-missing", name, columns));
    List<String> apart = apart(settings, columns);
    keys.forEach(
        (kind, names) -> {
          if (names.contains(ColumnSettings.ALL)) {
            columns.stream()
                .filter(name -> !apart.contains(name))
                .forEach(name -> kinds.putIfAbsent(name, kind));
          }
        });
    return new ColumnRoles(kinds, levels, apart);
  }

  private static List<String> apart(ColumnSettings settings, List<String> columns) {
    List<String> apart = new ArrayList<>();
    settings.leaveOut().forEach(name -> apart.add(known("leave-out", name, columns)));
    settings.identifier().ifPresent(name -> apart.add(known("identifier", name, columns)));
    settings.label().ifPresent(name -> apart.add(known("label", name, columns)));
    return apart;
  }

  private static String known(String key, String name, List<String> columns) {
    if (columns.contains(name)) {
      return name;
    }
    throw new SettingException(
        "columns." + key,
        String.format(
            Locale.ROOT,
            "names \"%s\", but the table has no such column%s; it has %s",
            MessageText.of(name),
            Names.question(name, columns.stream().map(MessageText::of).toList()),
            MessageText.of(columns)));
  }
}
