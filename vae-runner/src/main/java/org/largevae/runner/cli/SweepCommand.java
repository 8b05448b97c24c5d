package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/** {@code vae sweep}. */
@CommandLine.Command(
    name = "sweep",
    header = "Run a grid of experiments, several at a time, and compare them.",
    customSynopsis = "vae sweep FILE [KEY=VALUE ...] [OPTIONS]",
    description = {
      "",
      "FILE names a base experiment and axes, each a key with its values. All members are checked"
          + " before the first one runs, and each runs in a process of its own. Called again, the"
          + " sweep continues: finished members are not run again, others resume from their"
          + " checkpoints. At the end sweep.csv, sweep.md and report.html are in its folder.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "A sweep's file:",
      "  base = digits-vampprior",
      "  axes {",
      "    model.prior.type = [standard, vampprior]",
      "    experiment.seed = [1, 2, 3]",
      "  }",
      "",
      "Examples:",
      "  vae sweep priors.conf --dry-run              what would be run",
      "  vae sweep priors.conf --jobs 4",
      "  vae sweep priors.conf training.epochs=5 -o runs/trial",
      "  vae sweep priors.conf --only prior=vampprior --only seed=1",
      "  vae sweep priors.conf --summary              the tables of the results so far",
      "",
      "Ctrl-C keeps a checkpoint of every member and ends with code 130."
    })
final class SweepCommand implements Command {
  @ParentCommand private VaeCommand vae;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "A sweep's file (HOCON) or the name of a sweep that comes with the program.")
  private String source;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "Keys to override for all members.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "The sweep's folder, made if missing; runs/NAME if unset.")
  private Path output;

  @Mixin private SweepOptions options;

  private final SweepReader reader;
  private final SweepPlanner planner;
  private final SweepExecutor executor;
  private final CommandEnvironment environment;

  @Inject
  SweepCommand(
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
    Sweep sweep = planner.plan(definition(), overrides, OptionalInt.empty());
    Path folder = output == null ? environment.runs().resolve(sweep.name()) : output;
    return executor.execute(
        List.of(new SweepExecutor.Task(sweep, folder)), folder, options, vae.plugins());
  }

  private SweepDefinition definition() {
    Path file = Path.of(source);
    if (Files.isRegularFile(file)) {
      return reader.read(file);
    }
    Presets presets = Presets.ofSweeps(SweepCommand.class.getClassLoader());
    Preset preset =
        presets
            .find(source)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        String.format(
                            Locale.ROOT,
                            Files.isDirectory(file)
                                ? "%s: is a folder; give a sweep's file"
                                : "%s: no such file. Sweeps that come with the program: %s",
                            source,
                            String.join(", ", presets.all().stream().map(Preset::name).toList()))));
    return reader.read(presets, preset);
  }
}
