package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Names;
import org.largevae.core.folder.JsonFile;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.InstalledComponent;
import org.largevae.core.registry.RefusedComponent;
import org.largevae.core.registry.ServiceRegistry;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae plugins}. */
@CommandLine.Command(
    name = "plugins",
    header = "List the installed components, or show the settings of one.",
    customSynopsis = "vae plugins [NAME] [OPTIONS]",
    description = {
      "",
      "With NAME: what the component is, the jar it came from, and every setting with its values,"
          + " default and meaning.",
      "",
      "Models, priors, likelihoods, encoders, decoders, objectives and datasets are found on the class path; jars named"
          + " in VAE_CLASSPATH, separated by colons, are added to it. Every jar in a plugin folder,"
          + " and every folder of jars in it, is also a plugin, with libraries of its own. Plugin"
          + " folders are --plugins DIR, VAE_PLUGINS (separated by colons) and ~/.vae/plugins.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae plugins",
      "  vae plugins vampprior",
      "  VAE_CLASSPATH=my-prior.jar vae plugins --json",
      "  vae plugins --plugins my-plugins"
    })
final class PluginsCommand implements Command {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The name of a component, as a configuration has it.")
  private String name;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final ServiceRegistry registry;
  private final CommandEnvironment environment;

  @Inject
  PluginsCommand(ServiceRegistry registry, CommandEnvironment environment) {
    this.registry = registry;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (name != null) {
      List<InstalledComponent> named = named();
      if (json) {
        environment.out().print(JsonFile.render(named.stream().map(this::describeWhole).toList()));
      } else {
        named.forEach(this::printWhole);
      }
    } else if (json) {
      Map<String, Object> lists = new LinkedHashMap<>();
      lists.put("installed", registry.installed().stream().map(PluginsCommand::describe).toList());
      lists.put("refused", registry.refused().stream().map(PluginsCommand::describe).toList());
      environment.out().print(JsonFile.render(lists));
    } else {
      print(environment.out());
    }
    return ExitCode.DONE;
  }

  /** Of one name there may be an encoder and a decoder. */
  private List<InstalledComponent> named() {
    List<InstalledComponent> named =
        registry.installed().stream().filter(c -> c.name().equals(name)).toList();
    if (!named.isEmpty()) {
      return named;
    }
    Optional<String> refused =
        registry.refused().stream()
            .filter(r -> r.name().equals(Optional.of(name)))
            .map(RefusedComponent::reason)
            .findFirst();
    throw new ConfigurationException(
        refused.orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "\"%s\": no such component is installed; `vae plugins` lists them%s",
                    name,
                    Names.question(
                        name,
                        registry.installed().stream().map(InstalledComponent::name).toList()))));
  }

  private void printWhole(InstalledComponent component) {
    PrintStream out = environment.out();
    ComponentKind<?> kind = kind(component);
    out.println(TerminalText.line(component.kind() + " " + component.name()));
    out.println("  " + TerminalText.line(component.description()));
    out.println(TerminalText.line("  from " + source(component)));
    if (!kind.section().isEmpty()) {
      out.println("  " + kind.section() + " { " + kind.nameKey() + " = " + component.name() + " }");
    }
    List<SettingRow> rows = settings(component);
    if (rows.isEmpty()) {
      out.println("  no settings");
    }
    int keys = rows.stream().mapToInt(row -> row.key().length()).max().orElse(0);
    for (SettingRow row : rows) {
      out.println(TerminalText.line("  " + TextColumns.pad(row.key(), keys) + row.rule()));
      out.println(TerminalText.line("  " + TextColumns.pad("", keys) + row.meaning()));
    }
  }

  private List<SettingRow> settings(InstalledComponent component) {
    return registry.all(kind(component)).stream()
        .filter(provider -> provider.name().equals(component.name()))
        .flatMap(provider -> SettingRow.of(provider.settings(), "").stream())
        .toList();
  }

  private static ComponentKind<?> kind(InstalledComponent component) {
    return ComponentKind.all().stream()
        .filter(kind -> kind.label().equals(component.kind()))
        .findFirst()
        .orElseThrow();
  }

  private static String source(InstalledComponent component) {
    return component.source() + component.version().map(v -> " (" + v + ")").orElse("");
  }

  private Map<String, Object> describeWhole(InstalledComponent component) {
    Map<String, Object> description = describe(component);
    description.put("section", kind(component).section());
    description.put("settings", settings(component).stream().map(SettingRow::describe).toList());
    return description;
  }

  private void print(PrintStream out) {
    List<InstalledComponent> installed = registry.installed();
    int kinds = installed.stream().mapToInt(c -> c.kind().length()).max().orElse(0);
    int names = installed.stream().mapToInt(c -> c.name().length()).max().orElse(0);
    Map<String, List<InstalledComponent>> bySource =
        installed.stream()
            .collect(
                Collectors.groupingBy(
                    PluginsCommand::source, LinkedHashMap::new, Collectors.toList()));
    if (bySource.isEmpty()) {
      out.println("nothing is installed");
    }
    bySource.forEach(
        (source, components) -> {
          out.println(TerminalText.line(source));
          components.forEach(
              c ->
                  out.println(
                      "  "
                          + TextColumns.pad(c.kind(), kinds)
                          + TextColumns.pad(c.name(), names)
                          + TerminalText.line(c.description())));
        });
    if (!registry.refused().isEmpty()) {
      out.println("refused");
      registry
          .refused()
          .forEach(refused -> out.println("  " + TerminalText.line(refused.reason())));
    }
  }

  private static Map<String, Object> describe(InstalledComponent component) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("kind", component.kind());
    description.put("name", component.name());
    description.put("description", component.description());
    description.put("version", component.version().orElse(null));
    description.put("source", component.source());
    return description;
  }

  private static Map<String, Object> describe(RefusedComponent refused) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("kind", refused.kind());
    description.put("name", refused.name().orElse(null));
    description.put("reason", refused.reason());
    return description;
  }
}
