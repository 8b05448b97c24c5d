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
import org.largevae.runner.experiment.Experiment;
import org.largevae.runner.experiment.ExperimentLoader;
import org.largevae.runner.experiment.Faults;
import org.largevae.core.folder.RunRecords;
import org.largevae.runner.sweep.Place.Standing;
import org.largevae.api.files.OutputException;

/**
 * Finds in a sweep's folder the runs that its members already have. A run is a member's if its
 * configuration is, whatever its name: so that sweeps which share a folder share their runs.
 */
final class Places {
  private final ExperimentLoader experiments;
  private final Path output;

  /** A run that is there. */
  private record Found(Path folder, Experiment experiment) {}

  Places(ExperimentLoader experiments, Path output) {
    this.experiments = experiments;
    this.output = output;
  }

  /**
   * Finds every member's place.
   *
   * @param members each once
   * @return in the same order
   * @throws ConfigurationException if a member's folder holds something else
   */
  List<Place> of(List<Member> members) {
    List<Found> found = found();
    Faults faults = new Faults();
    List<Place> places = new ArrayList<>();
    for (Member member : members) {
      Place place = faults.read(() -> of(member, found), null);
      if (place != null) {
        requireOwn(place, places, faults);
        places.add(place);
      }
    }
    faults.throwIfAny();
    return places;
  }

  private static void requireOwn(Place place, List<Place> others, Faults faults) {
    for (Place other : others) {
      if (other.folder().equals(place.folder())) {
        String differences =
            Identity.differences(other.member().identity(), place.member().identity());
        faults.add(
            place.folder()
                + ": would hold two members that differ in "
                + differences
                + "; give one of their sweeps a sweep.prefix");
      }
    }
  }

  private Place of(Member member, List<Found> found) {
    for (Found run : found) {
      Experiment recorded = run.experiment();
      if (identity(recorded, member).equals(member.identity())) {
        boolean finished = new RunRecords(run.folder()).results().isPresent();
        return place(member, run, finished ? Standing.FINISHED : Standing.HALF_FINISHED);
      }
    }
    for (Found run : found) {
      boolean shorter = run.experiment().training().epochs() < member.epochs();
      if (shorter
          && withoutEpochs(identity(run.experiment(), member))
              .equals(withoutEpochs(member.identity()))) {
        return place(member, run, Standing.HALF_FINISHED);
      }
    }
    Path folder = output.resolve(member.name());
    requireFree(member, folder, found);
    return new Place(member, folder, Standing.NEW, member.name(), 0);
  }

  private static Place place(Member member, Found run, Standing standing) {
    Experiment recorded = run.experiment();
    return new Place(member, run.folder(), standing, recorded.name(), recorded.threads());
  }

  private static Config identity(Experiment recorded, Member member) {
    List<String> material =
        Stream.of(Identity.THREADS, "experiment.device", "training.checkpoint-seconds")
            .filter(member.identity()::hasPath)
            .toList();
    return Identity.of(recorded.config(), material);
  }

  private static Config withoutEpochs(Config identity) {
    return identity.withoutPath(Identity.EPOCHS);
  }

  private static void requireFree(Member member, Path folder, List<Found> found) {
    for (Found run : found) {
      if (run.folder().equals(folder)) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "%s: holds a run of another experiment: %s; name another folder with --output, or"
                    + " remove this one",
                folder,
                Identity.differences(identity(run.experiment(), member), member.identity())));
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

  private List<Found> found() {
    List<Found> found = new ArrayList<>();
    if (!Files.isDirectory(output)) {
      return found;
    }
    try (Stream<Path> entries = Files.list(output)) {
      entries
          .filter(entry -> new RunRecords(entry).exists())
          .sorted()
          .forEach(entry -> read(entry).ifPresent(e -> found.add(new Found(entry, e))));
    } catch (IOException failure) {
      throw new ConfigurationException(
          output + ": cannot be read: " + OutputException.reason(failure), failure);
    }
    return found;
  }

  private Optional<Experiment> read(Path folder) {
    try {
      return Optional.of(experiments.fromRunFolder(folder.resolve(RunRecords.CONFIGURATION)));
    } catch (ConfigurationException ofAnotherVersion) {
      // such a run is nobody's; if it is in a member's way, that is said there
      return Optional.empty();
    }
  }

  /**
   * Clears what would be in the way of a start.
   *
   * @param place where a member is about to be run
   * @throws OutputException if something cannot be deleted
   */
  static void prepare(Place place) {
    if (place.standing() != Standing.HALF_FINISHED) {
      return;
    }
    try {
      // results of fewer epochs would pass for this member's if it were cut off again
      for (String stale : Set.of(RunRecords.RESULTS, "report.html")) {
        Files.deleteIfExists(place.folder().resolve(stale));
      }
    } catch (IOException failure) {
      throw new OutputException(place.folder(), failure, "make it writable and try again");
    }
  }
}
