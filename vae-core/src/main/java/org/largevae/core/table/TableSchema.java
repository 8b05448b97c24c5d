package org.largevae.core.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.largevae.api.config.HoconText;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.Scale;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.dataset.RawTable;
import org.largevae.api.files.MessageText;

/**
 * What the columns of a table hold.
 *
 * @param data the columns that a model sees, in the table's order, in their own units
 * @param rows how many rows there are
 * @param guessed the names of the columns whose kinds no setting says
 */
record TableSchema(DataDescription data, int rows, List<String> guessed) {
  /** A share of a column's range that rounding may move a value by. */
  private static final double COARSE = 0.01;

  private static final int PARTS = 3;

  /** Above it not every whole number is a 32-bit number. */
  private static final double LARGEST_COUNT = 1 << 24;

  /**
   * Reads the table once.
   *
   * @throws DataException if it has no rows, or what a column holds has to be asked
   * @throws org.largevae.api.config.SettingException if a setting names no column
   */
  static TableSchema of(RawTable table, ColumnSettings settings) {
    ColumnRoles roles = ColumnRoles.of(settings, table.columns());
    Map<String, ColumnStatistics> found = new LinkedHashMap<>();
    int rows = read(table, roles, found);
    if (found.isEmpty()) {
      throw new DataException("dataset " + table.name() + ": no column of data is left");
    }
    Map<String, String> doubts = new LinkedHashMap<>();
    List<Column> columns = new ArrayList<>();
    List<String> guessed = new ArrayList<>();
    found.forEach(
        (name, statistics) -> {
          boolean missing = statistics.hasMissing() || mayLack(settings, name);
          if (roles.kinds().containsKey(name)) {
            columns.add(declared(name, roles, statistics, missing, table));
            return;
          }
          ColumnGuess guess = ColumnGuess.of(statistics);
          guess.doubt().ifPresent(doubt -> doubts.put(name, doubt));
          guessed.add(name);
          guess.kind().ifPresent(kind -> columns.add(guessed(name, kind, statistics, missing)));
        });
    if (!doubts.isEmpty()) {
      throw ask(doubts, table);
    }
    columns.forEach(column -> requirePrecision(column, found.get(column.name()), table));
    return new TableSchema(DataDescription.of(columns), rows, guessed);
  }

  private static int read(RawTable table, ColumnRoles roles, Map<String, ColumnStatistics> found) {
    List<String> names = table.columns();
    ColumnStatistics[] statistics = new ColumnStatistics[names.size()];
    for (int i = 0; i < statistics.length; i++) {
      if (!roles.apart().contains(names.get(i))) {
        statistics[i] = new ColumnStatistics();
        found.put(names.get(i), statistics[i]);
      }
    }
    int count = 0;
    try (RawTable.Rows rows = table.rows()) {
      while (rows.next()) {
        count = Math.addExact(count, 1);
        for (int i = 0; i < statistics.length; i++) {
          if (statistics[i] != null) {
            statistics[i].add(rows, i);
          }
        }
      }
    }
    if (count < PARTS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "dataset %s: the table has %s; training, validation and test take at least one each",
              table.name(),
              count == 0 ? "no rows" : count == 1 ? "one row" : count + " rows"));
    }
    return count;
  }

  /** Models compute with 32-bit numbers, of 24 bits. */
  private static void requirePrecision(Column column, ColumnStatistics found, RawTable table) {
    double highest = Math.max(Math.abs(found.lowest()), Math.abs(found.highest()));
    double moved = Math.ulp((float) highest) / 2;
    boolean count = column.kind().equals(ValueKinds.COUNT);
    boolean measured =
        column.kind().equals(ValueKinds.REAL) || column.kind().equals(ValueKinds.POSITIVE);
    boolean coarse = measured && moved > COARSE * (found.highest() - found.lowest());
    if (coarse || count && highest > LARGEST_COUNT) {
      throw fault(
          table,
          column.name(),
          String.format(
              Locale.ROOT,
              "goes from %s to %s, but 32-bit numbers, with which models compute, move such values by"
                  + " up to %s; %s, or set dataset.columns.leave-out = [%s]",
              TableColumns.canonical(found.lowest()),
              TableColumns.canonical(found.highest()),
              TableColumns.canonical(Math.max(moved, 1)),
              count
                  ? "name it under dataset.columns.real or positive"
                  : "subtract a constant from them",
              HoconText.of(column.name())));
    }
  }

  private static boolean mayLack(ColumnSettings settings, String name) {
    List<String> named = settings.mayBeMissing();
    return named.contains(name) || named.contains(ColumnSettings.ALL);
  }

  private static Column guessed(
      String name, ValueKind kind, ColumnStatistics found, boolean missing) {
    List<String> words = found.isNumeric() ? List.of() : sorted(found);
    return new Column(name, kind, missing, words, Scale.NONE);
  }

  private static Column declared(
      String name, ColumnRoles roles, ColumnStatistics found, boolean missing, RawTable table) {
    String kind = roles.kinds().get(name);
    return switch (kind) {
      case "real" -> new Column(name, ValueKinds.REAL, missing);
      case "positive" -> new Column(name, ValueKinds.POSITIVE, missing);
      case "count" -> new Column(name, ValueKinds.COUNT, missing);
      case "binary" -> binary(name, found, missing, table);
      default -> {
        List<String> words = roles.levels().getOrDefault(name, List.of());
        boolean ordinal = kind.equals("ordinal");
        if (words.isEmpty()) {
          requireOrder(name, found, ordinal, table);
          words = sorted(found);
        }
        requireSeveral(name, words.size(), table);
        yield new Column(
            name,
            ordinal ? ValueKinds.ordinal(words.size()) : ValueKinds.category(words.size()),
            missing,
            words,
            Scale.NONE);
      }
    };
  }

  private static Column binary(
      String name, ColumnStatistics found, boolean missing, RawTable table) {
    List<String> words = sorted(found);
    if (found.isNumeric() && List.of("0", "1").containsAll(words)) {
      return new Column(name, ValueKinds.BINARY, missing);
    }
    if (words.size() != 2) {
      throw fault(
          table,
          name,
          String.format(
              Locale.ROOT, "holds %d different values, but a binary one has two", words.size()));
    }
    return new Column(name, ValueKinds.BINARY, missing, words, Scale.NONE);
  }

  private static void requireOrder(
      String name, ColumnStatistics found, boolean ordinal, RawTable table) {
    if (ordinal && !found.isNumeric()) {
      String example = name + ": " + String.join(" < ", found.words().stream().limit(3).toList());
      throw fault(
          table,
          name,
          "holds words whose order is not known; give all of them in their order, as"
              + " dataset.columns.ordinal = ["
              + HoconText.of(example)
              + "]");
    }
    if (found.distinct() > ColumnStatistics.MOST_WORDS) {
      throw fault(
          table,
          name,
          "has more than " + ColumnStatistics.MOST_WORDS + " different values, too many to list");
    }
  }

  private static void requireSeveral(String name, int count, RawTable table) {
    if (count < 2) {
      throw fault(table, name, "has " + count + " different values; leave it out");
    }
  }

  /** Numbers by size, words by letters, so that the order of rows does not matter. */
  private static List<String> sorted(ColumnStatistics found) {
    Comparator<String> byLetters = Comparator.naturalOrder();
    return found.words().stream()
        .sorted(
            found.isNumeric()
                ? Comparator.comparing((String word) -> new BigDecimal(word.replace(',', '.')))
                    .thenComparing(byLetters)
                : byLetters)
        .toList();
  }

  private static DataException ask(Map<String, String> doubts, RawTable table) {
    String reasons =
        doubts.entrySet().stream()
            .limit(10)
            .map(doubt -> "\"" + MessageText.of(doubt.getKey()) + "\" " + doubt.getValue())
            .collect(Collectors.joining(", "));
    return new DataException(
        String.format(
            Locale.ROOT,
            "dataset %s: say what %s: %s%s; set dataset.columns.leave-out = [%s], or name %s under"
                + " another key of dataset.columns, such as real, category, identifier or label",
            table.name(),
            doubts.size() == 1 ? "a column is" : doubts.size() + " columns are",
            reasons,
            doubts.size() > 10 ? " and so on" : "",
            doubts.keySet().stream().map(HoconText::of).collect(Collectors.joining(", ")),
            doubts.size() == 1 ? "it" : "them"));
  }

  private static DataException fault(RawTable table, String name, String what) {
    return new DataException(
        "dataset " + table.name() + ": column \"" + MessageText.of(name) + "\" " + what);
  }

  /** For people: kind by kind, which columns were guessed. */
  String summary() {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    for (int value = 0; value < data.dimensions(); value++) {
      if (!guessed.contains(data.names().get(value))) {
        continue;
      }
      String name = MessageText.of(data.names().get(value));
      int categories = data.categories(value).size();
      String size = categories == 0 ? "" : " (" + categories + ")";
      String gaps = data.mayBeMissing(value) ? " with gaps" : "";
      kinds
          .computeIfAbsent(data.kind(value).name(), kind -> new ArrayList<>())
          .add(name + size + gaps);
    }
    return kinds.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + MessageText.of(entry.getValue()))
        .collect(Collectors.joining("; "));
  }
}
