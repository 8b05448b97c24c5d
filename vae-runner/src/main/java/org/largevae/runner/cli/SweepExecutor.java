package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.largevae.api.config.ConfigurationException;
import org.largevae.runner.sweep.GridCell;
import org.largevae.runner.sweep.Member;
import org.largevae.runner.sweep.MemberOutcome;
import org.largevae.runner.sweep.Selection;
import org.largevae.runner.sweep.Sweep;
import org.largevae.runner.sweep.SweepRunner;
import org.largevae.runner.sweep.SweepSummary;

/** Runs sweeps that share a folder, and reports their results. */
final class SweepExecutor {

  /**
   * A sweep and where its summary goes.
   *
   * @param sweep the sweep
   * @param folder gets its tables and report
   */
  record Task(Sweep sweep, Path folder) {}

  private final SweepRunner runner;
  private final CommandEnvironment environment;

  @Inject
  SweepExecutor(SweepRunner runner, CommandEnvironment environment) {
    this.runner = runner;
    this.environment = environment;
  }

  /**
   * Runs what is chosen and not finished, and writes all summaries; or lists what would be run.
   *
   * @param tasks the sweeps; members of equal configuration are run once for all of them
   * @param output the folder of the members' runs
   * @param options of the command line
   * @param plugins folders of plugins, which members need too
   * @return the exit code
   */
  int execute(List<Task> tasks, Path output, SweepOptions options, List<Path> plugins) {
    Selection selection = options.selection();
    List<Sweep> chosen = tasks.stream().map(task -> selection.of(task.sweep())).toList();
    if (options.dryRun()) {
      chosen.forEach(this::list);
      return ExitCode.DONE;
    }
    if (options.summary() && !Files.isDirectory(output)) {
      throw new ConfigurationException(
          output + ": no such folder, so there is nothing to summarise; run the sweep first");
    }
    List<Member> all = distinct(tasks.stream().map(Task::sweep).toList());
    // before the first run, to refuse a folder that one of the others could not use
    Map<Object, MemberOutcome> byIdentity = new HashMap<>(byIdentity(runner.survey(all, output)));
    List<MemberOutcome> outcomes =
        options.summary()
            ? List.of()
            : run(distinct(chosen), settings(output, options, plugins), options.quiet());
    byIdentity.putAll(byIdentity(outcomes));
    tasks.forEach(task -> sumUp(task, byIdentity));
    int code = code(outcomes);
    if (code == ExitCode.INTERRUPTED) {
      environment.err().println("vae: interrupted; the same command goes on");
    }
    return code;
  }

  /** Members of equal configuration once, though several sweeps have them. */
  private static List<Member> distinct(List<Sweep> sweeps) {
    Map<Object, Member> distinct = new LinkedHashMap<>();
    sweeps.stream()
        .flatMap(sweep -> sweep.members().stream())
        .forEach(member -> distinct.putIfAbsent(member.identity(), member));
    return List.copyOf(distinct.values());
  }

  private static Map<Object, MemberOutcome> byIdentity(List<MemberOutcome> outcomes) {
    return outcomes.stream().collect(Collectors.toMap(o -> o.member().identity(), o -> o));
  }

  private void list(Sweep sweep) {
    environment
        .out()
        .printf(
            Locale.ROOT,
            "%s: members: %d, different: %d%n",
            sweep.name(),
            sweep.cells().size(),
            sweep.members().size());
    for (GridCell cell : sweep.cells()) {
      boolean own = cell.name().equals(cell.member().name());
      environment
          .out()
          .println(cell.name() + (own ? "" : "  (the same as " + cell.member().name() + ")"));
    }
  }

  private List<MemberOutcome> run(
      List<Member> members, SweepRunner.Options settings, boolean quiet) {
    try (Interruption interruption = Interruption.listen(environment.err());
        SweepProgress progress = SweepProgress.of(environment, quiet)) {
      return runner.run(members, settings, progress, interruption);
    }
  }

  private static SweepRunner.Options settings(
      Path output, SweepOptions options, List<Path> plugins) {
    List<String> arguments = new ArrayList<>();
    plugins.forEach(
        folder -> arguments.addAll(List.of(PluginOption.NAME, folder.toAbsolutePath().toString())));
    return new SweepRunner.Options(output, options.jobs(), arguments);
  }

  private void sumUp(Task task, Map<Object, MemberOutcome> outcomes) {
    List<MemberOutcome> own =
        task.sweep().members().stream()
            .map(
                member -> {
                  MemberOutcome outcome = outcomes.get(member.identity());
                  // another sweep's member of the same configuration was run in its place
                  return new MemberOutcome(
                      member,
                      outcome.folder(),
                      outcome.state(),
                      outcome.exit(),
                      outcome.reason(),
                      outcome.results());
                })
            .toList();
    SweepSummary summary = SweepSummary.of(task.sweep(), own);
    // first of all: a full disk may refuse the files
    environment.out().println(summary.markdown());
    summary.write(task.folder());
    if (task.sweep().published().isPresent()) {
      summary.copyFigures(task.folder().resolve("figures"));
    }
    Path report = task.folder().resolve(SweepSummary.REPORT);
    environment
        .out()
        .println("report: " + TerminalText.line(report.toAbsolutePath().normalize().toString()));
  }

  /** The members' own code if all that failed agree, so that scripts can act on it. */
  private static int code(List<MemberOutcome> outcomes) {
    boolean stopped =
        outcomes.stream()
            .anyMatch(
                outcome ->
                    outcome.state() == MemberOutcome.State.NOT_RUN
                        || outcome.state() == MemberOutcome.State.INTERRUPTED);
    if (stopped) {
      return ExitCode.INTERRUPTED;
    }
    Set<Integer> codes =
        outcomes.stream()
            .filter(outcome -> outcome.state() != MemberOutcome.State.DONE)
            .map(MemberOutcome::exit)
            .collect(Collectors.toSet());
    return codes.isEmpty()
        ? ExitCode.DONE
        : codes.size() == 1 && ExitCode.isKnown(codes.iterator().next())
            ? codes.iterator().next()
            : ExitCode.FAILED;
  }
}
