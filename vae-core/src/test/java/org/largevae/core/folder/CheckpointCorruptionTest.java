package org.largevae.core.folder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.core.testing.TinyData;
import org.largevae.core.testing.TinyModels;
import org.largevae.core.testing.TinyTraining;
import org.largevae.core.training.TrainingPosition;
import org.largevae.testing.corruption.CorruptFiles;
import org.largevae.testing.corruption.SizeField;

class CheckpointCorruptionTest {
  private static final String[] HEADER = {
    "{",
    "}",
    "[",
    "]",
    "[[",
    "\"",
    ",",
    ":",
    "\"F32\"",
    "\"F64\"",
    "\"BOOL\"",
    "null",
    "\"shape\":[1],",
    "\"__metadata__\":{},",
    "\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},",
    "../",
    "PK",
    "\223NUMPY",
    "NDAR"
  };

  @TempDir Path folder;

  @Test
  void damagedSafetensorsGiveTheFilesNumbersOrAnError() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      safetensors(manager).check();
    }
  }

  @MethodSource("safetensorsFiles")
  @FuzzTest
  void fuzzSafetensors(byte[] content) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      safetensors(manager).checkOne(content);
    }
  }

  static byte[][] safetensorsFiles() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      return new byte[][] {SafeTensors.encode(targets(manager))};
    }
  }

  private CorruptFiles<Map<String, NDArray>> safetensors(NDManager manager) {
    Map<String, NDArray> targets = targets(manager);
    return CorruptFiles.of(
            "safetensors", content -> read(content, targets), SafeTensors.encode(targets))
        .naming("a.safetensors")
        .sizes(content -> List.of(SizeField.littleEndian(0, 8)))
        .sections(content -> List.of(0, 8, 8 + (int) headerLength(content)))
        .words(HEADER)
        .sealed(CheckpointCorruptionTest::withLength)
        .judged(CheckpointCorruptionTest::judge)
        .allocating(2 << 20);
  }

  private static Map<String, NDArray> targets(NDManager manager) {
    Map<String, NDArray> targets = new LinkedHashMap<>();
    targets.put("a", manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3)));
    targets.put("b", manager.create(new float[] {-1, Float.MIN_VALUE}));
    targets.put("c", manager.create(new double[] {7.5}).toType(DataType.FLOAT64, false));
    return targets;
  }

  private Map<String, NDArray> read(byte[] content, Map<String, NDArray> targets)
      throws IOException {
    Path file = folder.resolve("a.safetensors");
    Files.write(file, content);
    SafeTensors.read(file, targets);
    return targets;
  }

  private static void judge(byte[] content, Map<String, NDArray> read) {
    int length = (int) headerLength(content);
    JsonObject header =
        JsonParser.parseString(new String(content, 8, length, StandardCharsets.UTF_8))
            .getAsJsonObject();
    read.forEach(
        (name, array) -> {
          JsonArray offsets = header.getAsJsonObject(name).getAsJsonArray("data_offsets");
          int begin = 8 + length + offsets.get(0).getAsInt();
          int end = 8 + length + offsets.get(1).getAsInt();
          byte[] bytes = new byte[end - begin];
          array.toByteBuffer().get(bytes);
          assertThat(bytes).isEqualTo(Arrays.copyOfRange(content, begin, end));
        });
  }

  private static long headerLength(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
  }

  /** The header's length right again, if its end can be found. */
  private static byte[] withLength(byte[] content) {
    int end = new String(content, StandardCharsets.ISO_8859_1).lastIndexOf("}}") + 2;
    if (end < 10) {
      return content;
    }
    byte[] sealed = content.clone();
    ByteBuffer.wrap(sealed).order(ByteOrder.LITTLE_ENDIAN).putLong(0, end - 8L);
    return sealed;
  }

  /** Position, metrics and sums have sums themselves: what is read is what was written. */
  @Test
  void damagedIndexGivesThePositionOrAnError() throws IOException {
    checkFile("checkpoint.json", "{", "}", "[", "]", "\"", ",", ":", "null", "0", "\"format\": 3,");
  }

  @Test
  void damagedWeightsGiveTheWeightsOrAnError() throws IOException {
    checkFile("weights.safetensors", HEADER);
  }

  private void checkFile(String name, String... words) throws IOException {
    try (TinyTraining training =
        new TinyTraining(TinyModels.vae(TinyData.REAL), TinyData.REAL, 1)) {
      training.run(2);
      Checkpoints checkpoints = new Checkpoints(folder);
      checkpoints.save(training.state());
      TrainingPosition position = training.state().position();
      Map<String, float[]> weights = training.weights();
      Path file;
      try (Stream<Path> saved = Files.list(folder)) {
        file = saved.findFirst().orElseThrow().resolve(name);
      }
      byte[] good = Files.readAllBytes(file);
      CorruptFiles.of(
              "checkpoint, " + name,
              content -> {
                Files.write(file, content);
                return checkpoints.restore(training.state());
              },
              good)
          .naming(name)
          .words(words)
          .judged(
              (content, restored) -> {
                assertThat(restored).isTrue();
                assertThat(training.state().position()).isEqualTo(position);
                training
                    .weights()
                    .forEach((key, values) -> assertThat(values).isEqualTo(weights.get(key)));
              })
          .check();
    }
  }
}
