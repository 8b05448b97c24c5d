package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Locale;
import org.largevae.runner.run.TrainedRun;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae impute}. */
@CommandLine.Command(
    name = "impute",
    header = "Fill in what is missing in a table.",
    customSynopsis = "vae impute RUN FILE [OPTIONS]",
    description = {
      "",
      "Writes the table again with a value in each cell of the model's columns that had none: the"
          + " expectation of a number given the row's other values, a count's as a whole number, and"
          + " the most probable category or level. All else is as it was, other columns too.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae impute runs/table claims.csv -o filled.csv",
      "  vae impute runs/table claims.csv --draws 20 -o draws.csv"
    })
final class ImputeCommand implements Command {
  private static final int MOST_DRAWS = 1000;

  @Parameters(paramLabel = "RUN", index = "0", description = "The folder of a run on a table.")
  private Path folder;

  @Parameters(
      paramLabel = "FILE",
      index = "1",
      description = "A table with the columns of the run's own, in any order, and perhaps others.")
  private Path table;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "imputed.csv",
      description =
          "The file to write, with the separator, decimal mark and header of the table;"
              + " ${DEFAULT-VALUE} if unset.")
  private Path output;

  @Option(
      names = "--samples",
      paramLabel = "S",
      defaultValue = "100",
      description = "Draws of z for each row; ${DEFAULT-VALUE} if unset.")
  private int samples;

  @Option(
      names = "--draws",
      paramLabel = "N",
      description =
          "Multiple imputation: write each row N times, one after another, with values drawn at"
              + " random given the others, and a first column draw that counts from 1.")
  private Integer draws;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the draws; the run's if unset.")
  private Long seed;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto, cpu, gpu or gpu:N; ${DEFAULT-VALUE} if unset.")
  private String device;

  private final SavedRuns runs;
  private final CommandEnvironment environment;

  @Inject
  ImputeCommand(SavedRuns runs, CommandEnvironment environment) {
    this.runs = runs;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Arguments.count("--samples", samples, Integer.MAX_VALUE);
    if (draws != null) {
      Arguments.count("--draws", draws, MOST_DRAWS);
    }
    OutputFile file = OutputFile.at(output, ".csv");
    file.requireOther(table);
    try (TrainedRun run = runs.open(folder, device, false);
        RowProgress progress = new RowProgress(environment.err())) {
      TableFilling filling =
          new TableFilling(
              run.vae(),
              samples,
              draws == null ? 0 : draws,
              seed == null ? run.experiment().seed() : seed,
              progress);
      run.table(table, raw -> file.write(channel -> filling.write(raw, table.toString(), channel)));
      environment
          .out()
          .printf(
              Locale.ROOT,
              "filled %d cells in %d of %d rows%n",
              filling.filledCells(),
              filling.filledRows(),
              progress.done());
    }
    environment.out().println(file.shown());
    return ExitCode.DONE;
  }
}
