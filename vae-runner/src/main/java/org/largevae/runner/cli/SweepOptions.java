package org.largevae.runner.cli;

import picocli.CommandLine.Option;

/** What the commands that run many experiments have in common. */
final class SweepOptions {
  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description =
          "Members at a time; the processors are divided among them. As many as processors if"
              + " unset, which is fastest for small models; with one GPU say 1.")
  private Integer jobs;

  @Option(
      names = "--summary",
      description = "Run nothing: write the tables and reports of what is there.")
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

  boolean summary() {
    return summary;
  }

  boolean quiet() {
    return quiet;
  }
}
