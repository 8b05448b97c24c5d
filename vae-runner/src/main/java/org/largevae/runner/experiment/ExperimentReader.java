package org.largevae.runner.experiment;

import org.largevae.core.evaluation.EvaluationSettings;

import org.largevae.core.training.OptimizerSettings;

import org.largevae.core.training.TrainingSettings;

import org.largevae.core.model.ModelSettings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.regex.Pattern;
import org.largevae.api.config.Settings;
import org.largevae.core.preparation.Preparation;

/** Reads the records out of a whole configuration; faults are gathered. */
final class ExperimentReader {
  private static final Pattern DEVICE = Pattern.compile("auto|cpu|gpu(:\\d{1,4})?");

  /** Without control characters of any kind, nor those that turn the direction of a text. */
  private static final Pattern FILE_NAME =
      Pattern.compile("[^\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069/\\\\:*?\"<>|]{1,100}");

  private static final String AUTO = "auto";
  private static final int MOST_THREADS = 1024;

  private final Faults faults;

  /**
   * A reader.
   *
   * @param faults gets what is wrong
   */
  ExperimentReader(Faults faults) {
    this.faults = faults;
  }

  /**
   * Reads an experiment.
   *
   * @param config every key given
   * @return the experiment, with {@code experiment.threads} a number; to be used only if there are
   *     no faults
   */
  Experiment read(Config config) {
    Settings root = new Settings(config, "");
    Settings section = root.section("experiment");
    String name = faults.read(() -> name(section), "");
    long seed = faults.read(() -> section.longInteger("seed"), 0L);
    String device = faults.read(() -> device(section), AUTO);
    int threads = faults.read(() -> threads(section), 1);
    ConfigOrigin origin = config.getValue("experiment.threads").origin();
    ConfigValue resolved = ConfigValueFactory.fromAnyRef(threads).withOrigin(origin);
    Settings dataset = root.section("dataset");
    faults.read(() -> new Preparation(dataset), null);
    return new Experiment(
        name,
        seed,
        device,
        threads,
        dataset,
        model(root.section("model")),
        training(root.section("training")),
        evaluation(root.section("evaluation")),
        config.withValue("experiment.threads", resolved));
  }

  private static String name(Settings section) {
    String name = section.text("name");
    boolean usable =
        FILE_NAME.matcher(name).matches() && name.equals(name.strip()) && !name.startsWith(".");
    if (!usable) {
      throw section.fault(
          "name",
          "must be usable as a folder's name: at most 100 characters, none of / \\ : * ? \" < > |,"
              + " no dot at its start, no space at its start or end");
    }
    return name;
  }

  private static String device(Settings section) {
    String device = section.text("device");
    if (!DEVICE.matcher(device).matches()) {
      throw section.fault("device", "must be auto, cpu, gpu or gpu:N, for example gpu:0");
    }
    return device;
  }

  private static int threads(Settings section) {
    String threads = section.text("threads");
    if (threads.equals(AUTO)) {
      return Runtime.getRuntime().availableProcessors();
    }
    int number = threads.matches("\\d{1,4}") ? Integer.parseInt(threads) : 0;
    if (number < 1 || number > MOST_THREADS) {
      throw section.fault(
          "threads", "must be auto or a whole number between 1 and " + MOST_THREADS);
    }
    return number;
  }

  private ModelSettings model(Settings section) {
    return new ModelSettings(
        faults.read(() -> section.integer("latent-size", 1), 1),
        section.section("encoder"),
        section.section("decoder"),
        section.section("prior"),
        section.section("likelihood"));
  }

  private TrainingSettings training(Settings section) {
    return new TrainingSettings(
        faults.read(() -> section.integer("epochs", 1), 1),
        faults.read(() -> section.integer("batch-size", 1), 1),
        faults.read(() -> section.integer("warm-up-epochs", 0), 0),
        faults.read(() -> section.integer("early-stopping-epochs", 0), 0),
        faults.read(() -> section.integer("samples", 1), 1),
        faults.read(() -> section.positive("checkpoint-seconds"), 1.0),
        optimizer(section.section("optimizer")));
  }

  private OptimizerSettings optimizer(Settings section) {
    return new OptimizerSettings(
        faults.read(
            () -> section.choice("type", OptimizerSettings.Type.class),
            OptimizerSettings.Type.ADAM),
        faults.read(() -> section.positive("learning-rate"), 1.0),
        faults.read(() -> decay(section, "beta1"), 0.0),
        faults.read(() -> decay(section, "beta2"), 0.0),
        faults.read(() -> section.positive("epsilon"), 1.0));
  }

  private static double decay(Settings section, String key) {
    double value = section.number(key, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    if (value < 0 || value >= 1) {
      throw section.fault(key, "must be at least 0 and below 1");
    }
    return value;
  }

  private EvaluationSettings evaluation(Settings section) {
    return new EvaluationSettings(
        faults.read(() -> section.integer("importance-samples", 1), 1),
        faults.read(() -> section.integer("validation-importance-samples", 1), 1),
        faults.read(() -> section.integer("batch-rows", 1), 1));
  }
}
