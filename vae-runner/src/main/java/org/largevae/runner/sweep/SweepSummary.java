package org.largevae.runner.sweep;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.largevae.api.files.DurableFiles;
import org.largevae.api.files.OutputException;
import org.largevae.core.folder.RunRecords;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.results.Results;
import org.largevae.runner.report.ComparisonData;
import org.largevae.runner.report.ComparisonReport;
import org.largevae.runner.report.Findings;
import org.largevae.runner.report.Table;

/**
 * The results of a sweep: {@value #CSV}, {@value #MARKDOWN} and {@value #REPORT}.
 *
 * @param sweep the sweep
 * @param groups its members by group
 */
public record SweepSummary(Sweep sweep, List<SeedGroup> groups) {
  /** One row per cell, with every digit. */
  public static final String CSV = "sweep.csv";

  /** The tables for people. */
  public static final String MARKDOWN = "sweep.md";

  /** The runs side by side. */
  public static final String REPORT = "report.html";

  /**
   * Summarises a sweep.
   *
   * @param sweep the sweep
   * @param outcomes of its members, and perhaps of others
   * @return the summary
   */
  public static SweepSummary of(Sweep sweep, List<MemberOutcome> outcomes) {
    Map<Member, MemberOutcome> byMember =
        outcomes.stream().collect(Collectors.toMap(MemberOutcome::member, Function.identity()));
    return new SweepSummary(sweep, SeedGroup.of(sweep, byMember));
  }

  /**
   * The tables.
   *
   * @return Markdown that reads well as plain text
   */
  public String markdown() {
    StringBuilder text = new StringBuilder("## " + sweep.name() + "\n\n");
    warnings().forEach(warning -> text.append("**").append(Table.text(warning)).append("**\n\n"));
    text.append(tables().stream().map(Table::markdown).collect(Collectors.joining("\n")));
    return text.toString();
  }

  /**
   * Writes the files.
   *
   * @param folder where; made if missing
   * @throws OutputException if they cannot be written
   */
  public void write(Path folder) {
    try {
      DurableFiles.makeFolder(folder);
      replace(folder.resolve(CSV), SweepCsv.of(sweep, groups));
      replace(folder.resolve(MARKDOWN), markdown());
      ComparisonReport.write(report(folder), folder.resolve(REPORT));
    } catch (IOException failure) {
      throw new OutputException(
          folder, failure, "the runs are kept, call the same command again to summarise them");
    }
  }

  /**
   * Copies the figures of all members with results.
   *
   * @param folder gets a folder for each cell
   * @throws OutputException if they cannot be copied
   */
  public void copyFigures(Path folder) {
    try {
      for (SeedGroup group : groups) {
        for (SeedGroup.CellOutcome run : group.runs()) {
          Path figures = run.outcome().folder().resolve(RunRecords.FIGURES);
          if (run.outcome().results().isPresent() && Files.isDirectory(figures)) {
            copy(figures, folder.resolve(run.cell().name()));
          }
        }
      }
    } catch (IOException failure) {
      throw new OutputException(
          folder, failure, "the runs are kept, call the same command again to summarise them");
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    DurableFiles.makeFolder(to);
    List<Path> files;
    try (Stream<Path> entries = Files.list(from)) {
      files = entries.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      DurableFiles.replace(to.resolve(file.getFileName()), Files.readAllBytes(file));
    }
  }

  private static void replace(Path file, String text) throws IOException {
    DurableFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!sweep.deviations().isEmpty()) {
      warnings.add(
          "Not as defined: run with "
              + String.join(", ", sweep.deviations())
              + "."
              + (sweep.published().isPresent()
                  ? " This is not the protocol of the published figures; do not compare them."
                  : ""));
    }
    long without =
        groups.stream()
            .flatMap(g -> g.runs().stream())
            .filter(r -> r.outcome().results().isEmpty())
            .count();
    if (without > 0) {
      warnings.add(without + " of " + sweep.cells().size() + " members have no results.");
    }
    warn(
        warnings,
        "a worse -log p(x) than the baseline, each value by its own distribution over the training"
            + " examples",
        PartitionResult::isWorseThanBaseline);
    warn(warnings, "no active unit: their posteriors collapsed", PartitionResult::isCollapsed);
    warn(
        warnings,
        "a level that has collapsed, with a KL below 0.1 nats or without an active unit",
        t -> !t.isCollapsed() && !t.collapsedLevels().isEmpty());
    warn(
        warnings,
        "an effective sample size below 10: a few importance samples decide their -log p(x)",
        t -> t.effectiveSampleSize() < Findings.POOR_EFFECTIVE_SAMPLE_SIZE);
    return warnings;
  }

  private void warn(List<String> warnings, String what, Predicate<PartitionResult> holds) {
    long count =
        groups.stream()
            .flatMap(group -> group.results().stream())
            .filter(results -> holds.test(results.test()))
            .count();
    if (count > 0) {
      warnings.add(count + " of " + sweep.cells().size() + " members have " + what + ".");
    }
  }

  private List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    PublishedComparison.of(sweep, groups).ifPresent(tables::add);
    tables.add(SweepTables.groups(sweep, groups));
    Table levels = SweepTables.levels(groups);
    if (!levels.rows().isEmpty()) {
      tables.add(levels);
    }
    Table failures = SweepTables.failures(sweep, groups);
    if (!failures.rows().isEmpty()) {
      tables.add(failures);
    }
    return tables;
  }

  private ComparisonData report(Path folder) {
    // cells of the same members would lie on each other in a chart
    Map<List<Path>, List<SeedGroup>> distinct =
        groups.stream()
            .collect(
                Collectors.groupingBy(SeedGroup::folders, LinkedHashMap::new, Collectors.toList()));
    List<ComparisonData.RunGroup> shown =
        distinct.values().stream()
            .map(
                same ->
                    new ComparisonData.RunGroup(
                        same.stream().map(SeedGroup::name).collect(Collectors.joining(" = ")),
                        same.get(0).runs().stream().map(run -> shown(run, folder)).toList()))
            .toList();
    return new ComparisonData(sweep.name(), warnings(), tables(), shown, sweep.text());
  }

  private static ComparisonData.ComparedRun shown(SeedGroup.CellOutcome run, Path folder) {
    MemberOutcome outcome = run.outcome();
    String state = outcome.state() + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason());
    return new ComparisonData.ComparedRun(
        run.cell().name(),
        state,
        new RunRecords(outcome.folder()).epochs(),
        outcome.results().map(Results::bestEpoch).orElse(0),
        outcome.results().map(Results::test),
        outcome.results().map(results -> link(outcome, folder)).orElse(""),
        outcome.results().map(results -> outcome.folder().resolve(RunRecords.FIGURES)));
  }

  /** A relative address: a folder named {@code javascript:x} must not become a script. */
  static String link(MemberOutcome outcome, Path folder) {
    Path report = outcome.folder().toAbsolutePath().resolve(RunRecords.REPORT);
    String path = folder.toAbsolutePath().relativize(report).toString().replace('\\', '/');
    try {
      String address = new URI(null, null, "./" + path, null).toASCIIString();
      return address.contains(":") ? address : address.substring(2);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("a path is not quoted", impossible);
    }
  }
}
