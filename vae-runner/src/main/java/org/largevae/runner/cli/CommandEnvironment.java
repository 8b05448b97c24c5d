package org.largevae.runner.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the command writes, and what it writes to.
 *
 * @param out gets results
 * @param err gets progress, logs and errors
 * @param interactive whether {@code err} is a terminal, so that a bar may be drawn over itself
 * @param columns the width of that terminal
 * @param runs the folder in which runs are made that are given none
 */
public record CommandEnvironment(
    PrintStream out, PrintStream err, boolean interactive, int columns, Path runs) {

  /** Checks that nothing is missing. */
  public CommandEnvironment {
    Objects.requireNonNull(out, "out is null");
    Objects.requireNonNull(err, "err is null");
    Objects.requireNonNull(runs, "runs is null");
  }

  /**
   * An environment that reports progress line by line and puts runs into the folder {@code runs}.
   *
   * @param out gets results
   * @param err gets progress, logs and errors
   * @return the environment
   */
  public static CommandEnvironment plain(PrintStream out, PrintStream err) {
    return new CommandEnvironment(out, err, false, 80, Path.of("runs"));
  }

  /**
   * The environment of a process that a person started.
   *
   * @return standard output and standard error
   */
  static CommandEnvironment ofProcess() {
    return new CommandEnvironment(
        System.out,
        System.err,
        Terminal.isStandardErrorInteractive(),
        Terminal.columns(),
        Path.of("runs"));
  }
}
