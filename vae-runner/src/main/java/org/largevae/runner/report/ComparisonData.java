package org.largevae.runner.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.PartitionResult;

/**
 * What a report that compares runs shows.
 *
 * @param name of the whole
 * @param warnings what a reader must know before any figure
 * @param tables in order
 * @param groups runs that belong together, for example all seeds of one set-up
 * @param definition how the runs were asked for, as HOCON; may be empty
 */
public record ComparisonData(
    String name,
    List<String> warnings,
    List<Table> tables,
    List<RunGroup> groups,
    String definition) {

  /** Copies the lists. */
  public ComparisonData {
    warnings = List.copyOf(warnings);
    tables = List.copyOf(tables);
    groups = List.copyOf(groups);
  }

  /**
   * Runs that share a colour.
   *
   * @param name what they have in common
   * @param runs at least one
   */
  public record RunGroup(String name, List<ComparedRun> runs) {

    /** Copies the runs. */
    public RunGroup {
      runs = List.copyOf(runs);
    }
  }

  /**
   * One run.
   *
   * @param name its own name
   * @param state how it ended, in words
   * @param epochs its finished epochs, perhaps none
   * @param bestEpoch the epoch that was evaluated; 0 if there is none
   * @param test what was measured on the test examples; empty if it has no results
   * @param report its own report, relative to this one; empty if there is none
   * @param figures the folder of its figures; empty if they are not those of its results
   */
  public record ComparedRun(
      String name,
      String state,
      List<EpochMetrics> epochs,
      int bestEpoch,
      Optional<PartitionResult> test,
      String report,
      Optional<Path> figures) {

    /** Copies the epochs. */
    public ComparedRun {
      epochs = List.copyOf(epochs);
    }
  }
}
