package org.largevae.core.preparation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.largevae.api.config.Settings;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Values;

/** Datasets made up for the tests, and shorthand for preparing them. */
final class Prepared {
  private Prepared() {}

  /** As a configuration's section {@code dataset} describes it. */
  static Preparation preparation(String section) {
    return new Preparation(settings(section));
  }

  static PreparationSettings settings(String section) {
    SettingsSchema<PreparationSettings> schema = SettingsSchema.of(PreparationSettings.class);
    Config whole = ConfigFactory.parseString(section).withFallback(schema.defaults("the defaults"));
    return schema.read(new Settings(whole, "dataset"));
  }

  static List<float[]> drawn() throws IOException {
    try (InputStream stream = Prepared.class.getResourceAsStream("drawn.txt")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().map(Prepared::floats).toList();
    }
  }

  static float[] floats(String line) {
    String[] words = line.split(" ");
    float[] values = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      values[i] = Float.parseFloat(words[i]);
    }
    return values;
  }

  /** Example i is the single value i. */
  static Dataset numbered(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i;
    }
    return new Dataset(
        "numbered", new DataShape(1, 1, 1), size, new Values.Reals(values), Map.of());
  }

  /** Each example holds every pixel value once, 0 to 255. */
  static Dataset pixels(int size) {
    byte[] values = new byte[256 * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) i;
    }
    return new Dataset(
        "pixels",
        new DataShape(1, 16, 16),
        size,
        new Values.Pixels(values),
        Map.of("file", "hash"));
  }

  static float[] concatenate(PreparedDataset prepared) {
    float[] training = prepared.training().values();
    float[] validation = prepared.validation().values();
    float[] test = prepared.test().values();
    float[] all = Arrays.copyOf(training, training.length + validation.length + test.length);
    System.arraycopy(validation, 0, all, training.length, validation.length);
    System.arraycopy(test, 0, all, training.length + validation.length, test.length);
    return all;
  }
}
