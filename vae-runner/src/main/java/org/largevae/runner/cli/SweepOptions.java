package org.largevae.runner.cli;

import java.util.ArrayList;
import java.util.List;
import org.largevae.api.config.ConfigurationException;
import org.largevae.runner.sweep.Selection;
import picocli.CommandLine.Option;

/** What the commands that run many experiments have in common. */
final class SweepOptions {
  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description =
          "Members to run at a time; the processors are divided among them. One per processor if"
              + " unset, which is fastest for small models; with one GPU use 1.")
  private Integer jobs;

  @Option(
      names = "--only",
      paramLabel = "AXIS=VALUE",
      description =
          "Run only the members that have this value, as the tables show it; may be given several"
              + " times. The tables still hold all members.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--dry-run", description = "Check and list the members without running any.")
  private boolean dryRun;

  @Option(
      names = "--summary",
      description = "Run nothing; write the tables and reports of the results so far.")
  private boolean summary;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress.")
  private boolean quiet;

  /** How many members to run at a time. */
  int jobs() {
    return jobs == null
        ? Runtime.getRuntime().availableProcessors()
        : Arguments.count("--jobs", jobs, Integer.MAX_VALUE);
  }

  /** Which members to run: all if no condition was given. */
  Selection selection() {
    if (summary && !only.isEmpty()) {
      throw new ConfigurationException(
          "--summary runs nothing and its tables hold all members: leave out --only");
    }
    return new Selection(only);
  }

  boolean dryRun() {
    return dryRun;
  }

  boolean summary() {
    return summary;
  }

  boolean quiet() {
    return quiet;
  }
}
