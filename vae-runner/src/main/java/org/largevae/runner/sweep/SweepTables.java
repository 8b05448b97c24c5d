package org.largevae.runner.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.largevae.core.results.LevelResult;
import org.largevae.core.results.Results;
import org.largevae.runner.report.Table;

/** The tables that every sweep has: its groups, and the members without results. */
final class SweepTables {
  private static final int LONGEST_REASON = 300;

  private SweepTables() {}

  /** Means and standard deviations over the seeds, one row per group. */
  static Table groups(Sweep sweep, List<SeedGroup> groups) {
    List<Axis> axes = sweep.axes().stream().filter(axis -> !axis.isSeed()).toList();
    Set<String> keys = axes.stream().map(Axis::key).collect(Collectors.toSet());
    List<String> headings = new ArrayList<>();
    axes.forEach(axis -> headings.add(SweepLabels.shorten(axis.key(), keys)));
    if (axes.isEmpty()) {
      headings.add("run");
    }
    headings.add("runs");
    List<Measure> measures = measures(groups);
    measures.stream().map(Measure::heading).forEach(headings::add);
    List<List<String>> rows = new ArrayList<>();
    for (SeedGroup group : groups) {
      List<String> row = new ArrayList<>(group.labels().values());
      if (axes.isEmpty()) {
        row.add(sweep.name());
      }
      int done = group.results().size();
      row.add(done == group.runs().size() ? "" + done : done + " of " + group.runs().size());
      measures.stream().map(group::show).forEach(row::add);
      rows.add(row);
    }
    return new Table("", note(groups), headings, rows, Math.max(1, axes.size()));
  }

  /** What each level does in the members that have several, one row per group and level. */
  static Table levels(List<SeedGroup> groups) {
    List<List<String>> rows = new ArrayList<>();
    for (SeedGroup group : groups) {
      List<List<LevelResult>> runs =
          group.results().stream()
              .map(results -> results.test().levels())
              .filter(Objects::nonNull)
              .toList();
      for (int index = 0; !runs.isEmpty() && index < runs.get(0).size(); index++) {
        int place = index;
        LevelResult level = runs.get(0).get(index);
        List<LevelResult> same = runs.stream().map(run -> run.get(place)).toList();
        rows.add(
            List.of(
                group.name(),
                String.valueOf(level.level()),
                String.valueOf(level.latentSize()),
                Measure.RATE.show(Spread.of(same.stream().mapToDouble(LevelResult::kl).toArray())),
                Measure.ACTIVE_UNITS.show(
                    Spread.of(
                        same.stream()
                            .map(LevelResult::activeUnits)
                            .filter(Objects::nonNull)
                            .mapToDouble(Integer::doubleValue)
                            .toArray()))));
      }
    }
    List<String> headings = List.of("runs", "level", "latents", "KL, nats", "active units");
    return new Table("Levels of latents", "Level 1 is the nearest to the data.", headings, rows, 2);
  }

  /** Those that some run has; all as long as no run has ended. */
  private static List<Measure> measures(List<SeedGroup> groups) {
    List<Results> results = groups.stream().flatMap(group -> group.results().stream()).toList();
    return Arrays.stream(Measure.values())
        .filter(measure -> results.isEmpty() || results.stream().anyMatch(measure::isKnown))
        .toList();
  }

  private static String note(List<SeedGroup> groups) {
    String samples =
        groups.stream()
            .flatMap(group -> group.results().stream())
            .map(results -> results.test().importanceSamples())
            .distinct()
            .sorted()
            .map(count -> String.format(Locale.ROOT, "%,d", count))
            .collect(Collectors.joining(" or "));
    boolean spread = groups.stream().anyMatch(group -> group.results().size() > 1);
    return "Test examples, means per example; -log p(x) by importance sampling"
        + (samples.isEmpty() ? "" : " with " + samples + " samples")
        + "."
        + (spread ? " Mean \u00b1 standard deviation over the seeds." : "");
  }

  /** How the members without results ended. */
  static Table failures(Sweep sweep, List<SeedGroup> groups) {
    List<List<String>> rows =
        groups.stream()
            .flatMap(group -> group.runs().stream())
            .filter(run -> run.outcome().results().isEmpty())
            .map(run -> row(run.cell(), run.outcome()))
            .toList();
    return new Table(
        "Without results", "", List.of("member", "state", "exit code", "reason"), rows, 4);
  }

  private static List<String> row(GridCell cell, MemberOutcome outcome) {
    String reason = outcome.reason();
    return Stream.of(
            cell.name(),
            outcome.state().toString(),
            outcome.state() == MemberOutcome.State.NOT_RUN ? "-" : "" + outcome.exit(),
            reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "..." : reason)
        .toList();
  }
}
