package org.largevae.core;

import com.google.gson.JsonObject;
import java.util.List;
import org.largevae.api.config.SettingException;
import org.largevae.core.folder.FirstStage;
import org.largevae.core.folder.Provenance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start a training in Java from one of other examples: those that the one holds back may
 * be ones that the other was trained on.
 */
final class FirstStageExamples {
  private static final Logger LOGGER = LoggerFactory.getLogger(FirstStageExamples.class);

  /** What decides which examples are held back, and what they are. */
  private static final List<String> KEYS =
      List.of("seed", "validation-fraction", "dynamic-binarization");

  private FirstStageExamples() {}

  /**
   * Compares them as far as the folder says what they were.
   *
   * @param first what is started from
   * @param data the training's
   * @param now describes the training
   * @throws SettingException if they are held back otherwise
   * @throws org.largevae.api.data.DataException if they are others
   */
  static void requireSame(FirstStage first, TrainingData data, JsonObject now) {
    JsonObject before = first.description().training();
    if (before == null) {
      LOGGER.warn(
          "{} does not say which examples it was trained on; see to it that those you test on were"
              + " not among them",
          first.given());
      return;
    }
    List<String> differences = SettingDifferences.of(split(before), split(now), "");
    if (!differences.isEmpty()) {
      throw new SettingException(
          "start-from",
          "was trained with other examples held back for validation: "
              + String.join(", ", differences)
              + "; set these alike");
    }
    Provenance.requireSameData(first.folder(), data.fingerprints());
  }

  private static JsonObject split(JsonObject description) {
    JsonObject split = new JsonObject();
    KEYS.forEach(key -> split.add(key, description.get(key)));
    return split;
  }
}
