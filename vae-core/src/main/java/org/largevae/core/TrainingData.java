package org.largevae.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.files.Sha256;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.preparation.Examples;

/** An application's examples, copied row by row. */
final class TrainingData {
  /** The name under which their SHA-256 is recorded. */
  private static final String NAME = "in-memory";

  private final float[][] rows;
  private final DataDescription data;

  /** What is trained on and what chooses the best epoch. */
  record Parts(Examples training, Examples validation) {}

  TrainingData(float[][] examples, DataDescription data) {
    if (examples.length < 2) {
      throw new DataException(
          "there are "
              + examples.length
              + " examples; training takes at least 2, one of them for validation");
    }
    ExampleChecks.shapes(examples, data);
    this.rows = examples.clone();
    this.data = data;
  }

  void requireBinary() {
    if (!data.singleKind().equals(Optional.of(ValueKinds.BINARY))) {
      throw new ConfigurationException(
          "dynamic binarisation is for binary data; describe the data so, or leave it out");
    }
  }

  Parts split(double validationFraction, long seed, boolean probabilities) {
    if (probabilities) {
      ExampleChecks.probabilities(rows);
    } else {
      ExampleChecks.examples(rows, data);
    }
    int held = Math.max(1, (int) Math.floor(validationFraction * rows.length));
    int trained = Math.max(1, rows.length - held);
    long[] order = ResidentExamples.order(rows.length, seed);
    Examples training = gather(order, 0, trained);
    Examples validation = gather(order, trained, rows.length);
    return new Parts(training, probabilities ? drawn(validation, seed) : validation);
  }

  private Examples gather(long[] order, int from, int to) {
    int dimensions = data.dimensions();
    float[] values = new float[Math.multiplyExact(to - from, dimensions)];
    for (int i = from; i < to; i++) {
      System.arraycopy(
          rows[Math.toIntExact(order[i])], 0, values, (i - from) * dimensions, dimensions);
    }
    return Examples.withMissing(to - from, values, data);
  }

  /** Drawn once, so that the losses of epochs compare. */
  private static Examples drawn(Examples probabilities, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = probabilities.values();
    float[] binary = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      binary[i] = random.nextDouble() < values[i] ? 1 : 0;
    }
    return new Examples(probabilities.size(), probabilities.dimensions(), binary);
  }

  /** The SHA-256 of all values as little-endian float32, example by example. */
  Map<String, String> fingerprints() {
    var digest = Sha256.start();
    ByteBuffer buffer =
        ByteBuffer.allocate(data.dimensions() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      buffer.asFloatBuffer().put(row);
      digest.update(buffer.array());
    }
    return Map.of(NAME, Sha256.hex(digest));
  }
}
