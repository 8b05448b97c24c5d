package org.largevae.runner.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: what all subcommands share. */
@CommandLine.Command(
    name = "vae",
    header = "Train, evaluate and use variational autoencoders with rich priors.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = VersionLines.class,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      ScoreCommand.class,
      ImputeCommand.class,
      SampleCommand.class,
      ReconstructCommand.class,
      EncodeCommand.class,
      SweepCommand.class,
      ReproduceCommand.class,
      PresetsCommand.class,
      PluginsCommand.class,
      DatasetsCommand.class,
      BenchCommand.class
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae train                                  quick start on built-in digits",
      "  vae train freyfaces-vampprior              a preset",
      "  vae train my.conf training.epochs=50       a file, one key overridden",
      "  vae evaluate runs/digits-vampprior         log-likelihood of the test examples",
      "  vae sample runs/digits-vampprior -o x.png  draw from the model",
      "  vae train table dataset.file=claims.csv    a table of yours, see vae score",
      "  vae sweep my-sweep.conf --jobs 4           many experiments, side by side",
      "  vae reproduce table-1                      published figures beside measured ones",
      "",
      "vae COMMAND --help says more. Results go to standard output, progress and",
      "errors to standard error.",
      "",
      "Exit codes:",
      "    0  done",
      "    1  internal error",
      "    2  bad usage or configuration, or too little memory for it",
      "    3  bad or missing data",
      "    4  training diverged; the last good weights are kept",
      "    5  the output cannot be written (full disk, say); training keeps its last checkpoint",
      "  130  interrupted; training keeps a checkpoint, go on with vae train --resume"
    })
final class VaeCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show versions and exit.")
  private boolean version;

  @Option(
      names = PluginOption.NAME,
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = {
        "A folder of plugins: jars, or folders of jars. VAE_PLUGINS names others,"
            + " ~/.vae/plugins is always searched."
      })
  private List<Path> plugins;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where an error happened; VAE_STACKTRACE=1 does the same.")
  private boolean stackTrace;

  /**
   * Whether errors are to be reported with their stack traces.
   *
   * @return true if asked for on the command line or in the environment
   */
  boolean stackTraceWanted() {
    String environment = System.getenv("VAE_STACKTRACE");
    return stackTrace || (environment != null && !environment.isEmpty());
  }

  /**
   * The folders of plugins named on the command line.
   *
   * @return none if the option was not given
   */
  List<Path> plugins() {
    return plugins == null ? List.of() : plugins;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
