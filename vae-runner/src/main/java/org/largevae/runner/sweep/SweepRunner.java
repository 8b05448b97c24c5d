package org.largevae.runner.sweep;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.files.FolderLock;
import org.largevae.runner.configuration.ExperimentLoader;

/** Runs the members of sweeps as processes, several at a time. */
public final class SweepRunner {
  private static final String LOCK = ".sweep.lock";
  private static final String HOLDER = "another sweep, ";

  private final ExperimentLoader experiments;
  private final JavaCommand command;

  /**
   * Runs members with these parts.
   *
   * @param experiments reads and writes configurations
   * @param command starts a member
   */
  @Inject
  public SweepRunner(ExperimentLoader experiments, JavaCommand command) {
    this.experiments = experiments;
    this.command = command;
  }

  /**
   * How to run members.
   *
   * @param output the sweep's folder, made if missing: a run's folder for each member, {@code
   *     members} with their configurations, {@code logs} with their output
   * @param jobs how many to run at a time, at least 1
   * @param arguments that each member's {@code vae} gets too
   */
  public record Options(Path output, int jobs, List<String> arguments) {

    /** Copies the arguments. */
    public Options {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * Runs members. Finished ones are not run again; half-finished ones resume from their
   * checkpoints.
   *
   * @param members each once
   * @param settings how
   * @param listener receives progress
   * @param cancelled checked often; when it turns true, running members are stopped
   * @return how each member ended, in the same order
   * @throws ConfigurationException if the folder cannot be used
   */
  public List<MemberOutcome> run(
      List<Member> members, Options settings, SweepListener listener, BooleanSupplier cancelled) {
    FolderLock.requireUsable(settings.output(), LOCK, HOLDER);
    try (FolderLock lock = FolderLock.of(settings.output(), LOCK, HOLDER)) {
      List<MemberFolder> runs = new MemberFolders(experiments, settings.output()).of(members);
      int jobs = Math.max(1, Math.min(settings.jobs(), members.size()));
      int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / jobs);
      long finished = runs.stream().filter(p -> p.stage() == MemberFolder.Stage.FINISHED).count();
      listener.onStart(members.size(), (int) finished, jobs, threads);
      Launcher launcher = new Launcher(experiments, command, settings, threads);
      return new Schedule(runs, launcher, jobs, listener, cancelled).run();
    }
  }

  /**
   * Reads how far members are without running any, even while a sweep runs in the folder.
   *
   * @param members each once
   * @param output the sweep's folder
   * @return how far each member is, in the same order
   * @throws ConfigurationException if the folder holds something else
   */
  public List<MemberOutcome> survey(List<Member> members, Path output) {
    return new MemberFolders(experiments, output)
        .of(members).stream()
            .map(
                run ->
                    run.stage() == MemberFolder.Stage.FINISHED
                        ? MemberOutcome.finished(run)
                        : MemberOutcome.unfinished(run, MemberOutcome.State.NOT_RUN, 0))
            .toList();
  }
}
