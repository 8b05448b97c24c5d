package org.largevae.runner.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import org.largevae.api.component.Provider;
import org.largevae.api.config.Settings;
import org.largevae.api.config.SettingsSchema;
import org.largevae.core.evaluation.EvaluationSettings;
import org.largevae.core.preparation.PreparationSettings;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;
import org.largevae.core.training.TrainingSettings;

/** Reads the records out of a whole configuration; faults are gathered. */
final class ExperimentReader {
  private final Registry registry;
  private final Faults faults;

  ExperimentReader(Registry registry, Faults faults) {
    this.registry = registry;
    this.faults = faults;
  }

  /**
   * Reads an experiment.
   *
   * @param config the whole configuration
   * @return the experiment; meaningless where there are faults
   */
  Experiment read(Config config) {
    Settings root = new Settings(config, "");
    ExperimentSettings experiment = read(ExperimentSettings.class, root.section("experiment"));
    PreparationSettings preparation = read(PreparationSettings.class, root.section("dataset"));
    TrainingSettings training = read(TrainingSettings.class, root.section("training"));
    EvaluationSettings evaluation = read(EvaluationSettings.class, root.section("evaluation"));
    for (ComponentKind<? extends Provider<?>> kind :
        ComponentDefaults.used(registry, config.getString("model.type"))) {
      checkComponent(kind, config);
    }
    ConfigOrigin origin = config.getValue("experiment.threads").origin();
    ConfigValue threads =
        ConfigValueFactory.fromAnyRef(experiment.threadCount()).withOrigin(origin);
    return new Experiment(
        experiment.name(),
        experiment.seed(),
        experiment.device(),
        experiment.threadCount(),
        preparation,
        training,
        evaluation,
        config.withValue("experiment.threads", threads));
  }

  private <S extends Record> S read(Class<S> type, Settings section) {
    SettingsSchema<S> schema = SettingsSchema.of(type);
    return faults.read(() -> schema.read(section), schema.defaultValues());
  }

  /** Its settings alone: whether they suit the data shows when the data are there. */
  private void checkComponent(ComponentKind<? extends Provider<?>> kind, Config config) {
    String name = config.getString(kind.section() + "." + kind.nameKey());
    registry.all(kind).stream()
        .filter(provider -> provider.name().equals(name))
        .forEach(
            provider ->
                faults.read(
                    () ->
                        provider
                            .settings()
                            .read(new Settings(config.getConfig(kind.section()), kind.section())),
                    null));
  }
}
