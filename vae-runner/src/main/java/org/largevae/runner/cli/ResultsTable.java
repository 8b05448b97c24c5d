package org.largevae.runner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.largevae.core.results.BaselineResult;
import org.largevae.core.results.ComponentUse;
import org.largevae.core.results.LevelResult;
import org.largevae.core.results.NormaliserResult;
import org.largevae.core.results.PartitionResult;
import org.largevae.runner.report.FixedDecimals;
import org.largevae.runner.report.LikelihoodKind;

/** Results of partitions side by side, for people. */
final class ResultsTable {

  private static final int NAME_WIDTH = 22;
  private static final int CELL_WIDTH = 20;
  private static final int GAP = 2;
  private static final String KL = "KL, nats";
  private static final String ACTIVE_UNITS = "active units";

  private record Line(String name, Function<PartitionResult, String> value) {}

  private static final List<Line> ROWS =
      List.of(
          new Line("-log p(x), nats", r -> mark(r) + number(r.nll(), 3) + error(r)),
          new Line("  pessimistic, nats", r -> normaliser(r, ResultsTable::pessimistic)),
          new Line("  log Z of the prior", r -> normaliser(r, ResultsTable::logNormaliser)),
          new Line("  baseline, nats", r -> baseline(r, BaselineResult::nll, 3)),
          new Line("bits per dimension", r -> mark(r) + number(r.bitsPerDim(), 4)),
          new Line("  baseline, bits", r -> baseline(r, BaselineResult::bitsPerDim, 4)),
          new Line("ELBO, nats", r -> boundMark(r) + number(r.elbo(), 3)),
          new Line("reconstruction, nats", r -> number(r.reconstruction(), 3)),
          new Line(KL, r -> boundMark(r) + number(r.kl(), 3)),
          new Line(ACTIVE_UNITS, r -> r.activeUnits() == null ? "-" : r.activeUnits().toString()),
          new Line("importance samples", r -> String.valueOf(r.importanceSamples())),
          new Line("effective sample size", r -> number(r.effectiveSampleSize(), 1)),
          new Line("components in use", ResultsTable::componentUse),
          new Line("examples", r -> String.valueOf(r.examples())));

  private ResultsTable() {}

  /** A partition with the heading of its column. */
  record PartitionColumn(String heading, PartitionResult result) {}

  /**
   * Draws the table.
   *
   * @param columns the partitions
   * @return lines
   */
  static String of(List<PartitionColumn> columns) {
    List<String> headings = columns.stream().map(PartitionColumn::heading).toList();
    List<List<String>> lines = new ArrayList<>(List.of(line("", headings)));
    for (Line row : rows(columns)) {
      List<String> cells =
          columns.stream().map(column -> row.value().apply(column.result())).toList();
      if (!cells.stream().allMatch(String::isEmpty)) {
        lines.add(line(row.name(), cells));
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> line : lines) {
      table.append(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", line.get(0)));
      for (int column = 1; column < line.size(); column++) {
        int place = column;
        int longest = lines.stream().mapToInt(each -> each.get(place).length()).max().orElseThrow();
        int width = Math.max(CELL_WIDTH, longest + GAP);
        table.append(String.format(Locale.ROOT, "%" + width + "s", line.get(column)));
      }
      table.append('\n');
    }
    return table.toString();
  }

  /** Below what holds for all levels together the same of each, where there are several. */
  private static List<Line> rows(List<PartitionColumn> columns) {
    List<LevelResult> levels =
        columns.stream()
            .map(column -> column.result().levels())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(List.of());
    List<Line> rows = new ArrayList<>();
    for (Line row : ROWS) {
      rows.add(row);
      for (int index = 0; index < levels.size(); index++) {
        int place = index;
        String name = "  level " + levels.get(index).level();
        if (row.name().equals(KL)) {
          rows.add(new Line(name, r -> boundMark(r) + number(r.levels().get(place).kl(), 3)));
        } else if (row.name().equals(ACTIVE_UNITS)) {
          rows.add(new Line(name, r -> activeUnits(r.levels().get(place))));
        }
      }
    }
    return rows;
  }

  private static String activeUnits(LevelResult level) {
    return level.activeUnits() == null ? "-" : level.activeUnits() + " of " + level.latentSize();
  }

  private static List<String> line(String name, List<String> cells) {
    return Stream.concat(Stream.of(name), cells.stream()).toList();
  }

  /** None for a single example. */
  private static String error(PartitionResult result) {
    return result.nllStandardError() == null ? "" : " +- " + number(result.nllStandardError(), 3);
  }

  /** Empty where there is no baseline. */
  private static String baseline(
      PartitionResult result, Function<BaselineResult, Double> value, int decimals) {
    return result.baseline() == null ? "" : number(value.apply(result.baseline()), decimals);
  }

  /** Empty where no normaliser is an estimate. */
  private static String normaliser(
      PartitionResult result, Function<NormaliserResult, String> value) {
    return result.normaliser() == null ? "" : value.apply(result.normaliser());
  }

  private static String pessimistic(NormaliserResult normaliser) {
    return number(normaliser.pessimisticNll(), 3);
  }

  private static String logNormaliser(NormaliserResult normaliser) {
    return number(normaliser.log(), 4) + " +- " + number(normaliser.standardError(), 4);
  }

  private static String mark(PartitionResult result) {
    return LikelihoodKind.of(result).mark();
  }

  private static String boundMark(PartitionResult result) {
    return LikelihoodKind.of(result).boundMark();
  }

  /** Empty for a prior that is no mixture. */
  private static String componentUse(PartitionResult result) {
    ComponentUse use = result.componentUse();
    return use == null ? "" : use.used() + " of " + use.components();
  }

  private static String number(double value, int decimals) {
    return FixedDecimals.of(value, decimals);
  }
}
