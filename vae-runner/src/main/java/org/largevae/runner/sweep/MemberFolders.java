package org.largevae.runner.sweep;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.files.OutputException;
import org.largevae.core.folder.RunRecords;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.configuration.Faults;
import org.largevae.runner.sweep.MemberFolder.Stage;

/**
 * Finds in a sweep's folder the runs that its members already have. A run is a member's if its
 * configuration is, whatever its name: so that sweeps which share a folder share their runs.
 */
final class MemberFolders {
  private final ExperimentLoader experiments;
  private final Path output;

  /** A run that is already in the folder. */
  private record RecordedRun(Path folder, Experiment experiment) {}

  MemberFolders(ExperimentLoader experiments, Path output) {
    this.experiments = experiments;
    this.output = output;
  }

  /**
   * Finds every member's folder.
   *
   * @param members each once
   * @return in the same order
   * @throws ConfigurationException if a member's folder holds something else
   */
  List<MemberFolder> of(List<Member> members) {
    List<RecordedRun> recordedRuns = recordedRuns();
    Faults faults = new Faults();
    List<MemberFolder> runs = new ArrayList<>();
    for (Member member : members) {
      MemberFolder run = faults.read(() -> of(member, recordedRuns), null);
      if (run != null) {
        requireOwn(run, runs, faults);
        runs.add(run);
      }
    }
    faults.throwIfAny();
    return runs;
  }

  private static void requireOwn(MemberFolder run, List<MemberFolder> others, Faults faults) {
    for (MemberFolder other : others) {
      if (other.folder().equals(run.folder())) {
        String differences =
            ResultKeys.differences(other.member().identity(), run.member().identity());
        faults.add(
            run.folder()
                + ": would hold two members that differ in "
                + differences
                + "; give one of their sweeps a sweep.prefix");
      }
    }
  }

  private MemberFolder of(Member member, List<RecordedRun> recordedRuns) {
    for (RecordedRun run : recordedRuns) {
      Experiment recorded = run.experiment();
      if (identity(recorded, member).equals(member.identity())) {
        boolean finished = new RunRecords(run.folder()).results().isPresent();
        return memberFolder(member, run, finished ? Stage.FINISHED : Stage.HALF_FINISHED);
      }
    }
    for (RecordedRun run : recordedRuns) {
      boolean shorter = run.experiment().training().epochs() < member.epochs();
      if (shorter
          && withoutEpochs(identity(run.experiment(), member))
              .equals(withoutEpochs(member.identity()))) {
        return memberFolder(member, run, Stage.HALF_FINISHED);
      }
    }
    Path folder = output.resolve(member.name());
    requireFree(member, folder, recordedRuns);
    return new MemberFolder(member, folder, Stage.NEW, member.name(), 0);
  }

  private static MemberFolder memberFolder(Member member, RecordedRun run, Stage stage) {
    Experiment recorded = run.experiment();
    return new MemberFolder(member, run.folder(), stage, recorded.name(), recorded.threads());
  }

  private static Config identity(Experiment recorded, Member member) {
    List<String> material =
        Stream.of(ResultKeys.THREADS, "experiment.device", "training.checkpoint-seconds")
            .filter(member.identity()::hasPath)
            .toList();
    return ResultKeys.of(recorded.config(), material);
  }

  private static Config withoutEpochs(Config identity) {
    return identity.withoutPath(ResultKeys.EPOCHS);
  }

  private static void requireFree(Member member, Path folder, List<RecordedRun> recordedRuns) {
    for (RecordedRun run : recordedRuns) {
      if (run.folder().equals(folder)) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "%s: holds a run of another experiment: %s; name another folder with --output, or"
                    + " remove this one",
                folder,
                ResultKeys.differences(identity(run.experiment(), member), member.identity())));
      }
    }
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      // what a process leaves that was killed in its first moments begins with a dot
      if (entries.anyMatch(entry -> !entry.getFileName().toString().startsWith("."))) {
        throw new ConfigurationException(
            folder + ": is not empty and holds no run; name another folder with --output");
      }
    } catch (IOException failure) {
      throw new ConfigurationException(
          folder + ": cannot be read: " + OutputException.reason(failure), failure);
    }
  }

  private List<RecordedRun> recordedRuns() {
    List<RecordedRun> recordedRuns = new ArrayList<>();
    if (!Files.isDirectory(output)) {
      return recordedRuns;
    }
    try (Stream<Path> entries = Files.list(output)) {
      entries
          .filter(entry -> new RunRecords(entry).exists())
          .sorted()
          .forEach(
              entry -> read(entry).ifPresent(e -> recordedRuns.add(new RecordedRun(entry, e))));
    } catch (IOException failure) {
      throw new ConfigurationException(
          output + ": cannot be read: " + OutputException.reason(failure), failure);
    }
    return recordedRuns;
  }

  private Optional<Experiment> read(Path folder) {
    try {
      return Optional.of(experiments.fromRun(folder));
    } catch (ConfigurationException ofAnotherVersion) {
      // such a run is nobody's; if it is in a member's way, that is said there
      return Optional.empty();
    }
  }

  /**
   * Clears what would be in the way of a start.
   *
   * @param run where a member is about to be run
   * @throws OutputException if something cannot be deleted
   */
  static void prepare(MemberFolder run) {
    if (run.stage() != Stage.HALF_FINISHED) {
      return;
    }
    try {
      // results of fewer epochs would pass for this member's if it were cut off again
      for (String stale : Set.of(RunRecords.RESULTS, RunRecords.REPORT)) {
        Files.deleteIfExists(run.folder().resolve(stale));
      }
    } catch (IOException failure) {
      throw new OutputException(run.folder(), failure, "make it writable and try again");
    }
  }
}
