package org.largevae.runner.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.largevae.core.results.ComponentUse;
import org.largevae.core.results.PartitionResult;

/** Results of partitions side by side, for people. */
final class ResultsTable {

  private record Row(String name, Function<PartitionResult, String> value) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(
              "-log p(x), nats",
              r -> String.format(Locale.ROOT, "%.3f +- %.3f", r.nll(), r.nllStandardError())),
          new Row("bits per dimension", r -> number("%.4f", r.bitsPerDim())),
          new Row("ELBO, nats", r -> number("%.3f", r.elbo())),
          new Row("reconstruction, nats", r -> number("%.3f", r.reconstruction())),
          new Row("KL, nats", r -> number("%.3f", r.kl())),
          new Row("active units", r -> String.valueOf(r.activeUnits())),
          new Row("importance samples", r -> String.valueOf(r.importanceSamples())),
          new Row("effective sample size", r -> number("%.1f", r.effectiveSampleSize())),
          new Row("components in use", ResultsTable::componentUse),
          new Row("examples", r -> String.valueOf(r.examples())));

  private ResultsTable() {}

  /** A partition with the heading of its column. */
  record Column(String heading, PartitionResult result) {}

  /**
   * Draws the table.
   *
   * @param columns the partitions
   * @return lines
   */
  static String of(List<Column> columns) {
    StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%-22s", ""));
    columns.forEach(column -> table.append(String.format(Locale.ROOT, "%20s", column.heading())));
    table.append('\n');
    for (Row row : ROWS) {
      if (columns.stream().allMatch(column -> row.value().apply(column.result()).isEmpty())) {
        continue;
      }
      table.append(String.format(Locale.ROOT, "%-22s", row.name()));
      columns.forEach(
          column ->
              table.append(String.format(Locale.ROOT, "%20s", row.value().apply(column.result()))));
      table.append('\n');
    }
    return table.toString();
  }

  /** Empty for a prior that is no mixture. */
  private static String componentUse(PartitionResult result) {
    ComponentUse use = result.componentUse();
    return use == null ? "" : use.used() + " of " + use.components();
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
