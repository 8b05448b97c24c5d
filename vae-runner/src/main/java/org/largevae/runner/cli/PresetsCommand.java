package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.largevae.core.folder.JsonFile;
import org.largevae.runner.configuration.Preset;
import org.largevae.runner.configuration.Presets;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae presets}. */
@CommandLine.Command(
    name = "presets",
    header = "List the presets, or show one.",
    customSynopsis = "vae presets [PRESET] [OPTIONS]",
    description = {"", "A preset is an experiment that comes with the program.", ""},
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae presets",
      "  vae presets digits-vampprior > my.conf   a starting point for your own experiment"
    })
final class PresetsCommand implements Command {
  @Parameters(
      arity = "0..1",
      paramLabel = "PRESET",
      description = "Show this preset's text instead of the list.")
  private String name;

  @Option(names = "--json", description = "Print the list as JSON.")
  private boolean json;

  private final Presets presets;
  private final CommandEnvironment environment;

  @Inject
  PresetsCommand(Presets presets, CommandEnvironment environment) {
    this.presets = presets;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    List<Preset> all = presets.all();
    if (name != null) {
      environment.out().print(presets.text(presets.require(name)));
    } else if (json) {
      environment
          .out()
          .print(JsonFile.render(all.stream().map(PresetsCommand::description).toList()));
    } else {
      int width = all.stream().mapToInt(preset -> preset.name().length()).max().orElse(0);
      all.forEach(
          p ->
              environment
                  .out()
                  .println(TerminalText.line(TextColumns.pad(p.name(), width) + p.description())));
    }
    return ExitCode.DONE;
  }

  private static Map<String, Object> description(Preset preset) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", preset.name());
    description.put("description", preset.description());
    return description;
  }
}
