package org.largevae.runner.run;

import com.typesafe.config.Config;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.largevae.api.data.DataDescription;
import org.largevae.core.registry.Registry;
import org.largevae.runner.configuration.Experiment;

/**
 * Checks experiments before they are run: that their data are there and can be prepared, and that
 * every component takes its settings. What the data are is remembered, the data are not.
 */
public final class ExperimentCheck {
  private final Registry registry;
  private final DataLoading data;
  private final Map<Config, DataDescription> descriptions = new HashMap<>();

  /**
   * A check.
   *
   * @param registry finds the components
   * @param data loads the data
   */
  @Inject
  public ExperimentCheck(Registry registry, DataLoading data) {
    this.registry = registry;
    this.data = data;
  }

  /**
   * Checks an experiment.
   *
   * @param experiment the experiment
   * @throws org.largevae.api.config.ConfigurationException if a component is unknown or a setting
   *     is bad
   * @throws org.largevae.api.data.DataException if data are missing or damaged
   */
  public void check(Experiment experiment) {
    DataDescription description =
        descriptions.computeIfAbsent(
            experiment.section("dataset").config(), section -> data.load(experiment).data());
    ExperimentAssembly.model(registry, experiment, description);
    ExperimentAssembly.objective(registry, experiment);
  }
}
