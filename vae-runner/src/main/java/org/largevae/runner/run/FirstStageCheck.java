package org.largevae.runner.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.largevae.api.config.SettingException;
import org.largevae.core.folder.ChangedDataException;
import org.largevae.core.folder.FirstStage;
import org.largevae.core.folder.Provenance;
import org.largevae.core.folder.RunRecords;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start an experiment from a run of other examples: the test examples of the one might
 * be ones that the other was trained on.
 *
 * @param first what is started from
 * @param experiment that starts from it
 * @param experiments reads the run's own
 */
record FirstStageCheck(FirstStage first, Experiment experiment, ExperimentLoader experiments) {
  private static final Logger LOGGER = LoggerFactory.getLogger(FirstStageCheck.class);
  private static final String START_FROM = "start-from";
  private static final String ENCODER = "encoder";
  private static final String POSTERIOR = "posterior";

  /** Where values are kept changes none of them. */
  private static final String MAPPED = "dataset.mapped";

  /**
   * Compares the data and how they are split, and the settings of components that are kept.
   *
   * @param dataset the experiment's
   * @param allowChanged whether other examples are meant; they are then warned of
   * @throws SettingException if a setting differs, or it cannot be told what the run's data were
   * @throws ChangedDataException if a file of data differs
   */
  void requireSameExamples(PreparedDataset dataset, boolean allowChanged) {
    if (first.description().configuration() == null) {
      throw new SettingException(
          START_FROM,
          "holds a model that was put together in Java, which does not say what its examples were;"
              + " start from the run of an experiment");
    }
    Config before = experiments.fromRun(first.folder()).config();
    requireSameComponents(before);
    boolean saved = !Provenance.isBegun(first.folder());
    if (!saved && Files.notExists(first.folder().resolve(RunRecords.RESULTS))) {
      LOGGER.warn(
          "training.start-from = {}: the run is not finished; its best weights so far are taken",
          first.given());
    }
    try {
      requireSameFiles(dataset);
      requireSameSettings(before);
    } catch (ChangedDataException | SettingException changed) {
      if (!allowChanged) {
        throw changed;
      }
      LOGGER.warn("training.start-from = {}: {}", first.given(), rule(changed));
    }
  }

  private static String rule(RuntimeException changed) {
    return changed instanceof SettingException setting ? setting.rule() : changed.getMessage();
  }

  private void requireSameFiles(PreparedDataset dataset) {
    if (!Provenance.isBegun(first.folder())) {
      throw new SettingException(
          START_FROM,
          "holds a saved model, which does not say what its data were; start from the run's own"
              + " folder, or give --allow-changed-data if its training examples are this run's");
    }
    Provenance.requireSameData(first.folder(), dataset.fingerprints());
  }

  private void requireSameSettings(Config before) {
    Config old = before.withOnlyPath("dataset").withoutPath(MAPPED);
    Config now = experiment.config().withOnlyPath("dataset").withoutPath(MAPPED);
    Set<String> differences = InProcessRunner.differences(old, now);
    if (!differences.isEmpty()) {
      throw new SettingException(
          START_FROM,
          "was trained on other examples, so that this run's test examples may be among them; "
              + worded(differences, old, now)
              + "; set these keys alike, or give --allow-changed-data if that is meant");
    }
  }

  /**
   * The same weights under another activation, say, are another function; and what a frozen
   * encoder's numbers mean, the posterior says, be it with parameters of its own or none.
   */
  private void requireSameComponents(Config before) {
    List<String> frozen = experiment.training().frozen();
    frozen.forEach(
        component ->
            requireSameSection(
                before,
                component,
                "the " + component + " cannot be kept with other settings than in "));
    if (frozen.contains(ENCODER) && !frozen.contains(POSTERIOR)) {
      requireSameSection(
          before, POSTERIOR, "the encoder cannot be kept with another posterior than in ");
    }
  }

  private void requireSameSection(Config before, String component, String rule) {
    // whatever was written is a name: a blank one is refused later, with those that there are
    String section = ConfigUtil.joinPath("model", component);
    if (!before.hasPath(section) || !experiment.config().hasPath(section)) {
      return;
    }
    Config old = before.withOnlyPath(section);
    Config now = experiment.config().withOnlyPath(section);
    Set<String> differences = InProcessRunner.differences(old, now);
    if (!differences.isEmpty()) {
      throw new SettingException(
          "frozen", rule + first.given() + ": " + worded(differences, old, now));
    }
  }

  private static String worded(Set<String> keys, Config before, Config now) {
    return keys.stream()
        .map(key -> key + " was " + value(before, key) + " and is " + value(now, key))
        .collect(Collectors.joining(", "));
  }

  private static String value(Config config, String key) {
    return config.hasPath(key)
        ? config.getValue(key).render(ConfigRenderOptions.concise())
        : "not there";
  }
}
