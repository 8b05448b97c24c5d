package org.largevae.runner.configuration;

import com.typesafe.config.Config;
import org.largevae.api.config.Settings;
import org.largevae.core.evaluation.EvaluationSettings;
import org.largevae.core.preparation.PreparationSettings;
import org.largevae.core.training.TrainingSettings;

/**
 * A checked experiment.
 *
 * @param name names the run and its folder
 * @param seed of all randomness
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
 * @param threads of the engine on the CPU
 * @param preparation the keys of the section {@code dataset} that all datasets have
 * @param training the section {@code training}, but for its objective
 * @param evaluation the section {@code evaluation}
 * @param config the whole configuration, every key with its value
 */
public record Experiment(
    String name,
    long seed,
    String device,
    int threads,
    PreparationSettings preparation,
    TrainingSettings training,
    EvaluationSettings evaluation,
    Config config) {

  /**
   * A section of the configuration.
   *
   * @param path for example {@code model.prior}
   * @return the section
   */
  public Settings section(String path) {
    return new Settings(config.getConfig(path), path);
  }

  /**
   * The dataset's name.
   *
   * @return for example {@code digits}
   */
  public String dataset() {
    return config.getString("dataset.name");
  }

  /**
   * The prior's type.
   *
   * @return for example {@code vampprior}
   */
  public String prior() {
    return config.getString("model.prior.type");
  }

  /**
   * The likelihood's type.
   *
   * @return for example {@code bernoulli}
   */
  public String likelihood() {
    return config.getString("model.likelihood.type");
  }
}
