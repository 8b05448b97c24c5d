package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.largevae.core.registry.Installed;
import org.largevae.core.registry.Refused;
import org.largevae.core.registry.ServiceRegistry;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code vae plugins}. */
@CommandLine.Command(
    name = "plugins",
    header = "List the installed components and the jars they came from.",
    customSynopsis = "vae plugins [OPTIONS]",
    description = {
      "",
      "Priors, likelihoods, encoders, decoders and datasets are found on the class path; jars named"
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
      "  VAE_CLASSPATH=my-prior.jar vae plugins --json",
      "  vae plugins --plugins my-plugins"
    })
final class PluginsCommand implements Command {
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
    if (json) {
      Map<String, Object> lists = new LinkedHashMap<>();
      lists.put("installed", registry.installed().stream().map(PluginsCommand::describe).toList());
      lists.put("refused", registry.refused().stream().map(PluginsCommand::describe).toList());
      environment.out().println(Json.of(lists));
    } else {
      print(environment.out());
    }
    return ExitCode.DONE;
  }

  private void print(PrintStream out) {
    List<Installed> installed = registry.installed();
    int kinds = installed.stream().mapToInt(c -> c.kind().length()).max().orElse(0);
    int names = installed.stream().mapToInt(c -> c.name().length()).max().orElse(0);
    Map<String, List<Installed>> bySource =
        installed.stream()
            .collect(
                Collectors.groupingBy(
                    c -> c.source() + c.version().map(v -> " (" + v + ")").orElse(""),
                    LinkedHashMap::new,
                    Collectors.toList()));
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

  private static Map<String, Object> describe(Installed component) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("kind", component.kind());
    description.put("name", component.name());
    description.put("description", component.description());
    description.put("version", component.version().orElse(null));
    description.put("source", component.source());
    return description;
  }

  private static Map<String, Object> describe(Refused refused) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("kind", refused.kind());
    description.put("name", refused.name().orElse(null));
    description.put("reason", refused.reason());
    return description;
  }
}
