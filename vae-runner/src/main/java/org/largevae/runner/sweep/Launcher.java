package org.largevae.runner.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.largevae.api.files.DurableFiles;
import org.largevae.api.files.OutputException;
import org.largevae.core.folder.RunRecords;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.sweep.MemberFolder.Stage;

/** Starts members. */
final class Launcher {
  private final ExperimentLoader experiments;
  private final JavaCommand command;
  private final SweepRunner.Options settings;
  private final int threads;

  Launcher(
      ExperimentLoader experiments,
      JavaCommand command,
      SweepRunner.Options settings,
      int threads) {
    this.experiments = experiments;
    this.command = command;
    this.settings = settings;
    this.threads = threads;
  }

  /**
   * Starts a member, from its last checkpoint if its folder holds a run.
   *
   * @param run where it is run
   * @return its process
   * @throws IOException if it cannot be started
   * @throws OutputException if its configuration cannot be written
   */
  MemberProcess start(MemberFolder run) throws IOException {
    Path output = settings.output();
    Path file = output.resolve("members").resolve(run.folder().getFileName() + ".conf");
    try {
      DurableFiles.makeFolder(file.getParent());
      byte[] text = experiments.render(configured(run)).getBytes(StandardCharsets.UTF_8);
      DurableFiles.replace(file, text);
    } catch (IOException failure) {
      throw new OutputException(file, failure, "free some space and call the same command again");
    }
    List<String> arguments =
        new ArrayList<>(List.of("train", file.toString(), "--output", run.folder().toString()));
    if (holdsRun(run)) {
      arguments.add("--resume");
    }
    arguments.addAll(settings.arguments());
    Path log = output.resolve("logs").resolve(run.folder().getFileName() + ".log");
    return MemberProcess.start(command.with(arguments), log);
  }

  /** A member that was killed before it wrote its configuration starts anew. */
  boolean holdsRun(MemberFolder run) {
    return new RunRecords(run.folder()).exists();
  }

  /** A run that goes on keeps its name and its threads: other threads change the last digits. */
  private Experiment configured(MemberFolder run) {
    Experiment experiment = run.member().experiment();
    int chosen =
        run.member().threadsGiven()
            ? experiment.threads()
            : run.stage() == Stage.NEW ? threads : run.recordedThreads();
    Config own =
        ConfigFactory.empty()
            .withValue(ResultKeys.THREADS, ConfigValueFactory.fromAnyRef(chosen))
            .withValue(ResultKeys.NAME, ConfigValueFactory.fromAnyRef(run.recordedName()));
    return experiments.load(List.of(experiment.config().root(), own.root()));
  }
}
