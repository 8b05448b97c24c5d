package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.largevae.api.config.ConfigurationException;
import org.largevae.runner.configuration.Preset;
import org.largevae.runner.configuration.Presets;
import org.largevae.runner.sweep.Sweep;
import org.largevae.runner.sweep.SweepDefinition;
import org.largevae.runner.sweep.SweepPlanner;
import org.largevae.runner.sweep.SweepReader;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code vae reproduce}. */
@CommandLine.Command(
    name = "reproduce",
    header = "Run a published study again and compare the figures.",
    customSynopsis = "vae reproduce TABLE|all [KEY=VALUE ...] [OPTIONS]",
    description = {
      "",
      "Each TABLE is a sweep that comes with the program. It ends with a table of"
          + " published and measured figures, and with the pictures and charts of every set-up."
          + " Tables share a folder, so that what they have in common is run once; called again, it"
          + " continues. All are those of the student report; the paper's, which take days, go by"
          + " name: paper-table-1, or one of its parts, such as paper-table-1-freyfaces.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae reproduce table-1",
      "  vae reproduce all --seeds 3 --jobs 4",
      "  vae reproduce table-2 --only latent-size=40",
      "  vae reproduce table-3 --epochs 5     a trial, in a folder of its own"
    })
final class ReproduceCommand implements Command {
  private static final String ALL = "all";

  /** Tables of the paper take days, and data that have to be fetched: they go by name alone. */
  private static final String LONG = "paper-";

  private static final String FOLDER = "reproduce";

  @ParentCommand private VaeCommand vae;

  @Parameters(
      arity = "0..*",
      paramLabel = "ARGUMENT",
      description = "Names of tables, or all; then keys to override for all members.")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Run seeds 1 to N of each set-up; the seeds of the table's sweep if unset.")
  private Integer seeds;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Train for N epochs instead of the protocol's number; the tables say so.")
  private Integer epochs;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "The folder, made if missing. Otherwise runs/reproduce, or runs/reproduce-N-epochs with"
              + " --epochs.")
  private Path output;

  @Mixin private SweepOptions options;

  private final SweepReader reader;
  private final SweepPlanner planner;
  private final SweepExecutor executor;
  private final CommandEnvironment environment;

  @Inject
  ReproduceCommand(
      SweepReader reader,
      SweepPlanner planner,
      SweepExecutor executor,
      CommandEnvironment environment) {
    this.reader = reader;
    this.planner = planner;
    this.executor = executor;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    List<String> names = arguments.stream().filter(word -> !word.contains("=")).toList();
    List<String> overrides =
        new ArrayList<>(arguments.stream().filter(word -> word.contains("=")).toList());
    List<SweepDefinition> definitions = definitions(names);
    Path folder = folder(overrides);
    if (epochs != null) {
      overrides.add("training.epochs=" + Arguments.count("--epochs", epochs, Integer.MAX_VALUE));
    }
    OptionalInt chosen =
        seeds == null
            ? OptionalInt.empty()
            : OptionalInt.of(Arguments.count("--seeds", seeds, 1000));
    List<SweepExecutor.Task> tasks = new ArrayList<>();
    for (SweepDefinition definition : definitions) {
      Sweep sweep = planner.plan(definition, overrides, chosen);
      tasks.add(new SweepExecutor.Task(sweep, folder.resolve(sweep.name())));
    }
    return executor.execute(tasks, folder, options, vae.plugins());
  }

  private List<SweepDefinition> definitions(List<String> names) {
    Presets presets = Presets.ofSweeps(ReproduceCommand.class.getClassLoader());
    List<SweepDefinition> tables =
        presets.all().stream()
            .map(preset -> reader.read(presets, preset))
            .filter(definition -> definition.published().isPresent())
            .filter(definition -> !definition.name().startsWith(LONG))
            .toList();
    if (names.contains(ALL) && !tables.isEmpty()) {
      return tables;
    }
    if (names.isEmpty()) {
      throw new ConfigurationException(
          "name a table, or all. Tables: "
              + String.join(", ", tables.stream().map(SweepDefinition::name).toList()));
    }
    List<Preset> wanted =
        names.stream().flatMap(name -> named(presets, name).stream()).distinct().toList();
    return wanted.stream().map(preset -> reader.read(presets, preset)).toList();
  }

  /** A table by its name, or the parts of one that has a part for each dataset. */
  private static List<Preset> named(Presets presets, String name) {
    List<Preset> parts =
        presets.all().stream().filter(preset -> preset.name().startsWith(name + "-")).toList();
    boolean isWhole = presets.all().stream().anyMatch(preset -> preset.name().equals(name));
    return isWhole || parts.isEmpty() ? List.of(presets.require(name)) : parts;
  }

  private Path folder(List<String> overrides) {
    if (output != null) {
      return output;
    }
    if (!overrides.isEmpty()) {
      throw new ConfigurationException(
          "KEY=VALUE needs a folder of its own, to keep the protocol's runs apart: name it with"
              + " --output");
    }
    return environment.runs().resolve(epochs == null ? FOLDER : FOLDER + "-" + epochs + "-epochs");
  }
}
