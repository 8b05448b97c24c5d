package org.largevae.runner.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.largevae.runner.report.Table;

/** Sets what was measured beside a published table. */
final class PublishedComparison {
  private final Sweep sweep;
  private final PublishedTable published;
  private final Map<Map<String, String>, SeedGroup> groups = new HashMap<>();

  PublishedComparison(Sweep sweep, PublishedTable published, List<SeedGroup> groups) {
    this.sweep = sweep;
    this.published = published;
    groups.forEach(group -> this.groups.put(group.labels(), group));
  }

  /** A row: the cells that compete, in the order of the axis. */
  private record Row(Map<String, String> labels, Map<String, Pair> cells) {}

  /** A published figure and the measured one. */
  private record Pair(double print, Spread measured, String mark) {}

  /** One row per comparison: published, measured and their difference for each competitor. */
  Table table() {
    List<Axis> places =
        sweep.axes().stream()
            .filter(axis -> !axis.isSeed() && !axis.key().equals(published.versus()))
            .toList();
    Set<String> keys = places.stream().map(Axis::key).collect(Collectors.toSet());
    List<String> competitors = competitors();
    List<String> headings = new ArrayList<>();
    places.forEach(axis -> headings.add(SweepLabels.shorten(axis.key(), keys)));
    for (String competitor : competitors) {
      headings.addAll(List.of(competitor + ": print", "measured", "difference"));
    }
    headings.addAll(List.of("wins in print", "wins here"));
    List<List<String>> lines = new ArrayList<>();
    for (Row row : rows()) {
      List<String> line = new ArrayList<>(row.labels().values());
      competitors.forEach(name -> line.addAll(figures(row.cells().get(name))));
      line.add(winner(row, Pair::print, pair -> 0));
      line.add(
          winner(row, pair -> pair.measured().mean(), pair -> pair.measured().standardDeviation()));
      lines.add(line);
    }
    return new Table(title(), note(), headings, lines, places.size());
  }

  private String title() {
    return (published.title().isEmpty() ? sweep.name() : published.title())
        + ": print beside measured, "
        + published.measure().heading();
  }

  private String note() {
    String spread =
        "Measured: mean \u00b1 standard deviation over the seeds (n of them); difference: measured"
            + " minus print. Lower is better. \"(< spread)\": the winner wins by less than the"
            + " greater of the two standard deviations.";
    return Stream.of(published.note(), spread)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private List<String> competitors() {
    return sweep.axes().stream()
        .filter(axis -> axis.key().equals(published.versus()))
        .flatMap(axis -> axis.choices().stream())
        .map(AxisValue::label)
        .toList();
  }

  private List<Row> rows() {
    Map<Map<String, String>, Row> rows = new LinkedHashMap<>();
    Map<Map<String, String>, Double> figures =
        published.figures().stream()
            .collect(
                Collectors.toMap(
                    PublishedTable.PublishedFigure::labels,
                    PublishedTable.PublishedFigure::value,
                    (a, b) -> b));
    for (GridCell cell : sweep.cells()) {
      Map<String, String> place = cell.group();
      Map<String, String> labels = new LinkedHashMap<>(place);
      String competitor = labels.remove(published.versus());
      Double print = figures.get(place);
      if (print != null) {
        SeedGroup group = groups.get(place);
        Spread measured = group.spread(published.measure());
        String mark = published.measure().mark(group.results());
        rows.computeIfAbsent(labels, key -> new Row(key, new LinkedHashMap<>()))
            .cells()
            .put(competitor, new Pair(print, measured, mark));
      }
    }
    return List.copyOf(rows.values());
  }

  private List<String> figures(Pair pair) {
    if (pair == null) {
      return List.of("-", "-", "-");
    }
    Measure measure = published.measure();
    Spread measured = pair.measured();
    String count = measured.count() == 0 ? "" : " (n=" + measured.count() + ")";
    return List.of(
        String.format(Locale.ROOT, "%.3f", pair.print()),
        pair.mark() + measure.show(measured) + count,
        measured.count() == 0 ? "-" : measure.showDifference(measured.mean() - pair.print()));
  }

  /** The competitor with the least value, if there are at least two to compare. */
  private String winner(Row row, Function<Pair, Double> value, ToDoubleFunction<Pair> spread) {
    List<Map.Entry<String, Pair>> ranked =
        row.cells().entrySet().stream()
            .filter(entry -> Double.isFinite(value.apply(entry.getValue())))
            .sorted(Map.Entry.comparingByValue(Comparator.comparing(value)))
            .toList();
    if (ranked.size() < Math.max(2, row.cells().size())) {
      return "-";
    }
    Pair first = ranked.get(0).getValue();
    Pair second = ranked.get(1).getValue();
    double margin = value.apply(second) - value.apply(first);
    if (margin == 0) {
      return "neither";
    }
    double widest =
        Stream.of(first, second).mapToDouble(spread).filter(Double::isFinite).max().orElse(0);
    return ranked.get(0).getKey()
        + " by "
        + published.measure().show(margin)
        + (margin < widest ? " (< spread)" : "");
  }

  /** The comparison of a sweep with its published table; empty if it has none. */
  static Optional<Table> of(Sweep sweep, List<SeedGroup> groups) {
    return sweep.published().map(table -> new PublishedComparison(sweep, table, groups).table());
  }
}
