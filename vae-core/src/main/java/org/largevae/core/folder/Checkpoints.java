package org.largevae.core.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.largevae.api.data.DataException;
import org.largevae.api.files.DurableFiles;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.OutputException;
import org.largevae.api.files.Sha256;
import org.largevae.core.training.CheckpointSink;
import org.largevae.core.training.TrainingPosition;
import org.largevae.core.training.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one run, each a folder of its own named after its place: {@code
 * weights.safetensors}, {@code best.safetensors}, {@code optimizer.safetensors} and {@code
 * checkpoint.json}, which holds the position and the SHA-256 of the others. A checkpoint is written
 * under a temporary name, synced and renamed; the two newest are kept.
 */
public final class Checkpoints implements CheckpointSink {
  private static final Logger LOGGER = LoggerFactory.getLogger(Checkpoints.class);
  private static final int FORMAT = 3;
  private static final int KEPT = 2;
  private static final Pattern NAME = Pattern.compile("epoch-\\d{6}-step-\\d{9}");
  private static final String WEIGHTS = "weights.safetensors";
  private static final String BEST = "best.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String TEMPORARY = ".new-checkpoint";
  private static final String INDEX = "checkpoint.json";
  private static final String POSITION = "position";
  private static final List<String> FILES = List.of(WEIGHTS, BEST, OPTIMIZER);

  /** The content of {@code checkpoint.json}. */
  private record Index(int format, Map<String, String> sha256, TrainingPosition position) {}

  private final Path folder;

  /**
   * The checkpoints below a folder.
   *
   * @param folder made when the first is saved
   */
  public Checkpoints(Path folder) {
    this.folder = folder;
  }

  /**
   * {@inheritDoc}
   *
   * @throws OutputException if it cannot be written; those before it are kept
   */
  @Override
  public void save(TrainingState state) {
    TrainingPosition position = state.position();
    Path target =
        folder.resolve(
            String.format(Locale.ROOT, "epoch-%06d-step-%09d", position.epoch(), position.step()));
    try {
      DurableFiles.deleteFolder(folder.resolve(TEMPORARY));
      // the same place has the same weights; to put them there anew would first remove these
      if (!isWhole(target)) {
        write(state, target);
      }
      deleteOld();
    } catch (IOException failure) {
      throw new OutputException(target, failure, kept(), true);
    }
  }

  private void write(TrainingState state, Path target) throws IOException {
    Path temporary = folder.resolve(TEMPORARY);
    try {
      DurableFiles.makeFolder(temporary);
      Map<String, byte[]> files = new LinkedHashMap<>();
      files.put(WEIGHTS, SafeTensors.encode(state.weights()));
      files.put(BEST, SafeTensors.encode(state.bestWeights()));
      files.put(OPTIMIZER, SafeTensors.encode(state.moments()));
      Map<String, String> hashes = new LinkedHashMap<>();
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        DurableFiles.write(temporary.resolve(file.getKey()), file.getValue());
        hashes.put(file.getKey(), Sha256.hex(file.getValue()));
      }
      TrainingPosition position = state.position();
      hashes.put(POSITION, sha256(JsonFile.canonical(position)));
      String index = JsonFile.render(new Index(FORMAT, hashes, position));
      DurableFiles.write(temporary.resolve(INDEX), index.getBytes(StandardCharsets.UTF_8));
      DurableFiles.syncFolder(temporary);
      DurableFiles.deleteFolder(target);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.syncFolder(folder);
    } catch (IOException failure) {
      // on a full disk its space may be what the run's other files lack
      try {
        DurableFiles.deleteFolder(temporary);
      } catch (IOException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  private boolean isWhole(Path checkpoint) {
    if (Files.notExists(checkpoint)) {
      return false;
    }
    try {
      verified(checkpoint);
      return true;
    } catch (DataException damaged) {
      LOGGER.warn("{}; writing it anew", damaged.getMessage());
      return false;
    }
  }

  /**
   * What is kept of a run that cannot go on, and what to do before it is resumed.
   *
   * @return the end of a sentence
   */
  String kept() {
    List<Path> checkpoints = newestFirst();
    return (checkpoints.isEmpty()
            ? "there is no checkpoint yet"
            : "the checkpoint " + checkpoints.get(0).getFileName() + " is kept")
        + "; free some space or make the folder writable";
  }

  /**
   * Whether there is a checkpoint, whole or not.
   *
   * @return true if one was saved
   */
  public boolean exist() {
    return !newestFirst().isEmpty();
  }

  @Override
  public Optional<TrainingPosition> newest() {
    for (Path checkpoint : newestFirst()) {
      try {
        return Optional.of(verified(checkpoint).position());
      } catch (DataException damaged) {
        passedOver(damaged);
      }
    }
    return Optional.empty();
  }

  /**
   * Restores the newest whole checkpoint into a state.
   *
   * @param state of the same model; changed only where a checkpoint is found
   * @return whether there was one
   * @throws DataException if there are checkpoints but none is whole
   */
  public boolean restore(TrainingState state) {
    DataException damage = null;
    for (Path checkpoint : newestFirst()) {
      try {
        Index index = verified(checkpoint);
        SafeTensors.read(checkpoint.resolve(WEIGHTS), state.weights());
        SafeTensors.read(checkpoint.resolve(BEST), state.bestWeights());
        SafeTensors.read(checkpoint.resolve(OPTIMIZER), state.moments());
        state.moveTo(index.position());
        return true;
      } catch (DataException damaged) {
        damage = passedOver(damaged);
      }
    }
    if (damage != null) {
      throw damage;
    }
    return false;
  }

  /**
   * The file of the best weights in the newest whole checkpoint.
   *
   * @return the file, its checksum verified
   * @throws DataException if there is no whole checkpoint
   */
  public Path bestWeights() {
    DataException damage = new DataException(folder + ": holds no checkpoint");
    for (Path checkpoint : newestFirst()) {
      try {
        verified(checkpoint);
        return checkpoint.resolve(BEST);
      } catch (DataException damaged) {
        damage = passedOver(damaged);
      }
    }
    throw damage;
  }

  /** Other weights than the newest give other numbers: never without a word. */
  private static DataException passedOver(DataException damaged) {
    LOGGER.warn("{}; trying the checkpoint before it", damaged.getMessage());
    return damaged;
  }

  private Index verified(Path checkpoint) {
    Path file = checkpoint.resolve(INDEX);
    JsonFile json = JsonFile.read(file);
    json.requireFormat(FORMAT);
    Index index = json.as(Index.class);
    Set<String> summed = new HashSet<>(FILES);
    summed.add(POSITION);
    if (index.sha256() == null
        || index.position() == null
        || !index.sha256().keySet().equals(summed)) {
      throw new DataException(file + ": is damaged: it lacks the position or a checksum");
    }
    if (!sha256(json.canonical(POSITION)).equals(index.sha256().get(POSITION))) {
      throw new DataException(file + ": is damaged: its position is not that of its checksum");
    }
    for (String name : FILES) {
      requireSum(checkpoint.resolve(name), index.sha256().get(name));
    }
    return index;
  }

  private static void requireSum(Path file, String sum) {
    try {
      if (!Sha256.hex(Files.readAllBytes(file)).equals(sum)) {
        throw new DataException(file + ": is damaged, its checksum is not that of " + INDEX);
      }
    } catch (IOException failure) {
      throw new DataException(file + ": cannot be read: " + FailureText.of(failure), failure);
    }
  }

  private List<Path> newestFirst() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> NAME.matcher(entry.getFileName().toString()).matches())
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException failure) {
      throw new DataException(folder + ": cannot be read: " + failure.getMessage(), failure);
    }
  }

  private void deleteOld() throws IOException {
    List<Path> checkpoints = newestFirst();
    for (Path old : checkpoints.subList(Math.min(KEPT, checkpoints.size()), checkpoints.size())) {
      DurableFiles.deleteFolder(old);
    }
  }

  private static String sha256(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }
}
