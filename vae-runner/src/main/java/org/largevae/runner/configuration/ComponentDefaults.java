package org.largevae.runner.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.largevae.api.component.Provider;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.model.ModelProvider;
import org.largevae.core.evaluation.EvaluationSettings;
import org.largevae.core.preparation.PreparationSettings;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;
import org.largevae.core.training.TrainingSettings;

/** The keys that every experiment has, with their defaults, and those that components add. */
public final class ComponentDefaults {
  /** The records of settings that every experiment has, by their sections. */
  public static final Map<String, Class<? extends Record>> SECTIONS =
      Map.of(
          "experiment", ExperimentSettings.class,
          "dataset", PreparationSettings.class,
          "training", TrainingSettings.class,
          "evaluation", EvaluationSettings.class);

  private static final String MODEL = "model.";
  private static final String DEFAULTS = "the defaults";

  private ComponentDefaults() {}

  /**
   * What holds where nothing is said.
   *
   * @return the keys of every experiment, and the components that it has unless others are chosen
   */
  public static Config base() {
    Config base =
        ConfigFactory.parseMap(
            Map.of(
                "dataset.name", "digits",
                "model.type", "vae",
                "model.encoder.type", "gated-mlp",
                "model.posterior.type", "gaussian",
                "model.decoder.type", "gated-mlp",
                "model.prior.type", "vampprior",
                "model.conditional-prior.type", "gated-mlp",
                "model.likelihood.type", "bernoulli",
                "training.objective.type", "elbo"),
            DEFAULTS);
    for (Map.Entry<String, Class<? extends Record>> section : SECTIONS.entrySet()) {
      base =
          base.withFallback(
              SettingsSchema.of(section.getValue()).defaults(DEFAULTS).atPath(section.getKey()));
    }
    return base;
  }

  /**
   * The components that an experiment has: a model has parts of its own, and no others.
   *
   * @param registry the installed components
   * @param model the model's name
   * @return the kinds, sections before those within them; all of them where the model is not
   *     installed
   */
  static List<ComponentKind<? extends Provider<?>>> used(Registry registry, String model) {
    Optional<Set<String>> parts =
        registry.all(ComponentKind.MODEL).stream()
            .filter(provider -> provider.name().equals(model))
            .findFirst()
            .map(ModelProvider::parts);
    return ComponentKind.configured().stream()
        .filter(
            kind ->
                parts.isEmpty()
                    || !kind.section().startsWith(MODEL)
                    || parts.get().contains(kind.section().substring(MODEL.length())))
        .toList();
  }

  /**
   * A configuration without the sections of parts that a model does not have.
   *
   * @param registry the installed components
   * @param config any
   * @param model the model's name
   * @return the rest
   */
  public static Config withoutUnused(Registry registry, Config config, String model) {
    List<ComponentKind<? extends Provider<?>>> used = used(registry, model);
    Config rest = config;
    for (ComponentKind<?> kind : ComponentKind.configured()) {
      rest = used.contains(kind) ? rest : rest.withoutPath(kind.section());
    }
    return rest;
  }

  /**
   * The keys that a component adds to its section.
   *
   * @param kind the component's kind
   * @param provider of the component
   * @return its keys with their defaults, at their full paths
   */
  public static Config of(ComponentKind<?> kind, Provider<?> provider) {
    return provider
        .settings()
        .defaults("the defaults of " + provider.name())
        .atPath(kind.section());
  }

  /**
   * The keys of a component's section that stay when another component is chosen: those that all
   * have, and the sections of other components within it.
   *
   * @param kind the component's kind
   * @return the keys
   */
  public static Set<String> commonKeys(ComponentKind<?> kind) {
    Set<String> common = new TreeSet<>();
    if (SECTIONS.containsKey(kind.section())) {
      SettingsSchema.of(SECTIONS.get(kind.section())).keys().forEach(key -> common.add(key.key()));
    }
    List<? extends ComponentKind<?>> kinds = ComponentKind.configured();
    String prefix = kind.section() + ".";
    for (ComponentKind<?> other : kinds) {
      if (other.section().startsWith(prefix)) {
        common.add(other.section().substring(prefix.length()));
      }
    }
    return common;
  }
}
