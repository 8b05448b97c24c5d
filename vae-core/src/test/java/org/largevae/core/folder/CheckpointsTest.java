package org.largevae.core.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.data.DataException;
import org.largevae.api.files.OutputException;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.testing.TinyData;
import org.largevae.core.testing.TinyModels;
import org.largevae.core.testing.TinyTraining;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.core.training.TrainingSettings;
import org.largevae.priors.VampPrior;

class CheckpointsTest {
  private static final TrainingSettings SETTINGS = TinyTraining.settings(4, 2, 0);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 12, 19})
  void resumedRunEndsWithTheSameNumbersAsAnUndisturbedOne(int interruptedAfter) {
    Checkpoints checkpoints = new Checkpoints(folder);
    try (TinyTraining whole = training()) {
      whole.run(SETTINGS, state -> {}, () -> false);
      try (TinyTraining first = training()) {
        interrupt(first, checkpoints, interruptedAfter);
      }
      try (TinyTraining second = training()) {
        assertThat(checkpoints.restore(second.state())).isTrue();
        second.run(SETTINGS, state -> {}, () -> false);
        assertThat(second.steps())
            .isEqualTo(whole.steps().subList(interruptedAfter, whole.steps().size()));
        assertThat(second.metrics()).isEqualTo(whole.metrics());
        assertSame(second.weights(), whole.weights());
        assertSame(
            TinyTraining.copy(second.state().bestWeights()),
            TinyTraining.copy(whole.state().bestWeights()));
        assertSame(
            TinyTraining.copy(second.state().moments()),
            TinyTraining.copy(whole.state().moments()));
      }
    }
  }

  @Test
  void nothingIsRestoredWhereThereIsNoCheckpoint() {
    try (TinyTraining training = training()) {
      Map<String, float[]> before = training.weights();
      assertThat(new Checkpoints(folder).restore(training.state())).isFalse();
      assertSame(training.weights(), before);
    }
  }

  @Test
  void onlyTheTwoNewestAreKeptAndNothingTemporary() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder);
    for (int steps : new int[] {1, 2, 3}) {
      try (TinyTraining training = training()) {
        interrupt(training, checkpoints, steps);
      }
    }
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder("epoch-000001-step-000000002", "epoch-000001-step-000000003");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.safetensors", "best.safetensors", "optimizer.safetensors"})
  void flippedBitIsNoticedAndTheCheckpointBeforeIsTaken(String file) throws IOException {
    Checkpoints checkpoints = twoCheckpoints();
    Path damaged = folder.resolve("epoch-000001-step-000000004").resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length - 1] ^= 1;
    Files.write(damaged, bytes);
    try (TinyTraining training = training()) {
      assertThat(checkpoints.restore(training.state())).isTrue();
      assertThat(training.state().position().step()).isEqualTo(2);
    }
  }

  @Test
  void aCheckpointOfValuesThatAreNotFiniteIsPassedOver() {
    Checkpoints checkpoints = new Checkpoints(folder);
    try (TinyTraining training = training()) {
      interrupt(training, checkpoints, 2);
    }
    try (TinyTraining training = training()) {
      interrupt(training, new Checkpoints(folder.resolve("elsewhere")), 4);
      NDArray weight = training.state().weights().values().iterator().next();
      weight.set(new NDIndex("..."), Float.NaN);
      checkpoints.save(training.state());
    }
    try (TinyTraining training = training()) {
      assertThat(checkpoints.restore(training.state())).isTrue();
      assertThat(training.state().position().step()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 100})
  void truncatedCheckpointsAreAnErrorNamingTheFile(int length) throws IOException {
    Checkpoints checkpoints = twoCheckpoints();
    for (String name : List.of("epoch-000001-step-000000002", "epoch-000001-step-000000004")) {
      Path file = folder.resolve(name).resolve("weights.safetensors");
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, length));
    }
    try (TinyTraining training = training()) {
      Map<String, float[]> before = training.weights();
      assertThatThrownBy(() -> checkpoints.restore(training.state()))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("weights.safetensors")
          .hasMessageContaining("damaged");
      assertSame(training.weights(), before);
    }
  }

  @Test
  void wholeCheckpointOfTheSamePlaceIsNotTouched() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder);
    Path weights = folder.resolve("epoch-000001-step-000000002/weights.safetensors");
    try (TinyTraining training = training()) {
      interrupt(training, checkpoints, 2);
      FileTime written = FileTime.fromMillis(1_000_000_000_000L);
      Files.setLastModifiedTime(weights, written);
      checkpoints.save(training.state());
      assertThat(Files.getLastModifiedTime(weights)).isEqualTo(written);

      byte[] whole = Files.readAllBytes(weights);
      Files.write(weights, new byte[7]);
      checkpoints.save(training.state());
      assertThat(Files.readAllBytes(weights)).isEqualTo(whole);
    }
  }

  @Test
  void checkpointThatCannotBeWrittenIsToldWithWhatToDo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    try (TinyTraining training = training()) {
      Checkpoints checkpoints = new Checkpoints(file.resolve("checkpoints"));
      assertThatThrownBy(() -> checkpoints.save(training.state()))
          .isInstanceOf(OutputException.class)
          .hasMessageContaining("epoch-000001-step-000000000: cannot be written: ")
          .hasMessageContaining("there is no checkpoint yet; free some space");
    }
  }

  @Test
  void otherFormatIsRefusedWithTheReason() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder);
    try (TinyTraining training = training()) {
      interrupt(training, checkpoints, 2);
    }
    Path index = folder.resolve("epoch-000001-step-000000002").resolve("checkpoint.json");
    Files.writeString(index, Files.readString(index).replace("\"format\": 3", "\"format\": 4"));
    assertThatThrownBy(checkpoints::bestWeights)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has format 4, but this version reads format 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"step\": 2; \"step\": 3; its position is not that of its checksum",
        "\"optimizerSteps\": 2; \"optimizerSteps\": 1; its position is not that of its checksum",
        "\"step\": 2; \"step\": 4294967298; it is not the JSON that was written",
        "\"step\": 2; \"stop\": 2; it lacks position.step",
        "\"position\": \"; \"position\": \"0; its position is not that of its checksum",
        "\"best.safetensors\"; \"../best.safetensors\"; it lacks the position or a checksum",
        "\"format\": 3,; ; it has no format",
      })
  void aChangedIndexIsNoticed(String part, String replacement, String reason) throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder);
    try (TinyTraining training = training()) {
      interrupt(training, checkpoints, 2);
    }
    Path index = folder.resolve("epoch-000001-step-000000002").resolve("checkpoint.json");
    String before = Files.readString(index);
    Files.writeString(index, before.replace(part, replacement == null ? "" : replacement));
    assertThat(index).content().isNotEqualTo(before);
    assertThatThrownBy(checkpoints::bestWeights)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(index + ": is damaged: " + reason);
  }

  @Test
  void weightsOfAnotherModelAreRefusedWithBothShapes() {
    Checkpoints checkpoints = new Checkpoints(folder);
    try (TinyTraining training = training()) {
      interrupt(training, checkpoints, 2);
    }
    OneLevelVae other =
        TinyModels.vae(TinyData.REAL, new VampPrior(TinyModels.shape(TinyData.REAL), 5));
    try (TinyTraining training = new TinyTraining(other, TinyData.REAL, 1)) {
      assertThatThrownBy(() -> checkpoints.restore(training.state()))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("prior.pseudo_inputs")
          .hasMessageContaining("(3, 6)")
          .hasMessageContaining("(5, 6)");
    }
  }

  private Checkpoints twoCheckpoints() {
    Checkpoints checkpoints = new Checkpoints(folder);
    for (int steps : new int[] {2, 4}) {
      try (TinyTraining training = training()) {
        interrupt(training, checkpoints, steps);
      }
    }
    return checkpoints;
  }

  private static void interrupt(TinyTraining training, Checkpoints checkpoints, int steps) {
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () -> training.run(SETTINGS, checkpoints, () -> asked.getAndIncrement() == steps))
        .isInstanceOf(TrainingInterruptedException.class);
  }

  private static TinyTraining training() {
    return new TinyTraining(TinyModels.vae(TinyData.REAL), TinyData.REAL, 1);
  }

  private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
  }
}
