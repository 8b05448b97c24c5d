package org.largevae.core.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.files.Sha256;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.testing.TinyData;
import org.largevae.core.testing.TinyModels;
import org.largevae.core.testing.TinyTraining;
import org.largevae.core.training.TrainingPosition;
import org.largevae.priors.StandardPrior;
import org.largevae.testing.corruption.CorruptFiles;

/** A checkpoint's position whose checksum is right, so that only what it says can be wrong. */
class CheckpointIndexCorruptionTest {
  @TempDir Path folder;

  private final CorruptFiles<TrainingPosition> positions =
      CorruptFiles.of("checkpoint, position", this::restore, positionFiles())
          .naming("checkpoint.json")
          .words(
              "{", "}", "[", "]", ",", ":", "null", "0", "-1", "1e9", "\"epoch\":1,", "},\"a\":{")
          .judged(CheckpointIndexCorruptionTest::judge);

  private TinyTraining training;
  private Path file;
  private JsonObject index;

  @BeforeEach
  void saveCheckpoint() throws IOException {
    training =
        new TinyTraining(
            TinyModels.vae(TinyData.REAL, new StandardPrior(TinyModels.shape(TinyData.REAL))),
            TinyData.REAL,
            1);
    new Checkpoints(folder).save(training.state());
    try (Stream<Path> saved = Files.list(folder)) {
      file = saved.findFirst().orElseThrow().resolve("checkpoint.json");
    }
    index = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  @AfterEach
  void close() {
    training.close();
  }

  @Test
  void damagedPositionIsThatOfTheFileOrAnError() {
    positions.check();
  }

  @MethodSource("positionFiles")
  @FuzzTest
  void fuzzCheckpointPosition(byte[] content) {
    positions.checkOne(content);
  }

  static byte[][] positionFiles() {
    EpochMetrics epoch = new EpochMetrics(1, 0.5, 3.5, -3.25, 1, 4, -3, 1, 0.25);
    TrainingPosition later =
        new TrainingPosition(2, 3, 4.5, -1.5, 2.5, 60, 0.5, 13, 1, 4, 0, List.of(epoch), null);
    return Stream.of(TrainingPosition.start(), later)
        .map(position -> new Gson().toJson(position).getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  private TrainingPosition restore(byte[] content) throws IOException {
    String position = new String(content, StandardCharsets.UTF_8);
    JsonObject sums = index.getAsJsonObject("sha256");
    sums.addProperty("position", Sha256.hex(canonical(position).getBytes(StandardCharsets.UTF_8)));
    Files.writeString(file, "{\"format\":3,\"sha256\":" + sums + ",\"position\":" + position + "}");
    new Checkpoints(folder).restore(training.state());
    return training.state().position();
  }

  /** As its checksum is taken; of what is no JSON, anything. */
  private static String canonical(String position) {
    try {
      return JsonParser.parseString(position).toString();
    } catch (JsonParseException noJson) {
      return position;
    }
  }

  private static void judge(byte[] content, TrainingPosition position) {
    JsonObject written =
        JsonParser.parseString(new String(content, StandardCharsets.UTF_8)).getAsJsonObject();
    JsonObject read = new Gson().toJsonTree(position).getAsJsonObject();
    for (String key : read.keySet()) {
      if (read.get(key).isJsonPrimitive()) {
        assertThat(read.get(key).getAsDouble()).as(key).isEqualTo(written.get(key).getAsDouble());
      }
    }
    assertThat(position.metrics()).hasSize(written.getAsJsonArray("metrics").size());
    assertThat(position.epoch()).isPositive();
    assertThat(position.step()).isNotNegative();
    assertThat(position.optimizerSteps()).isNotNegative();
  }
}
