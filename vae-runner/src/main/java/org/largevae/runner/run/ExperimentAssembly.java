package org.largevae.runner.run;

import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.model.Model;
import org.largevae.api.objective.Objective;
import org.largevae.api.objective.ObjectiveProvider;
import org.largevae.core.model.ModelAssembly;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;
import org.largevae.runner.configuration.Experiment;

/** Makes the components that an experiment describes, without values yet. */
final class ExperimentAssembly {

  private ExperimentAssembly() {}

  static Model model(Registry registry, Experiment experiment, DataDescription data) {
    return ModelAssembly.assemble(registry, experiment.section("model"), data);
  }

  static Objective objective(Registry registry, Experiment experiment) {
    Settings section = experiment.section("training.objective");
    return create(registry.find(ComponentKind.OBJECTIVE, section.text("type")), section);
  }

  private static <S extends Record> Objective create(
      ObjectiveProvider<S> provider, Settings section) {
    return provider.create(ModelAssembly.read(provider, section));
  }
}
