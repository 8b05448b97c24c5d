package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.largevae.runner.report.PictureFile;
import org.largevae.runner.run.TrainedRun;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae sample}. */
@CommandLine.Command(
    name = "sample",
    header = "Draw new images from a run's model.",
    customSynopsis = "vae sample RUN [OPTIONS]",
    description = {
      "",
      "Draws z from the prior, decodes it, and writes the likelihood's means as one PNG.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae sample runs/digits-vampprior",
      "  vae sample runs/digits-vampprior -n 100 --seed 7 -o digits.png"
    })
final class SampleCommand implements Command {
  private static final int MOST = 10_000;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path folder;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "64",
      description = "How many images; ${DEFAULT-VALUE} if unset.")
  private int count;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "samples.png",
      description = "The PNG to write; ${DEFAULT-VALUE} if unset.")
  private Path output;

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
  SampleCommand(SavedRuns runs, CommandEnvironment environment) {
    this.runs = runs;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Arguments.count("-n", count, MOST);
    OutputFile file = OutputFile.at(output, ".png");
    try (TrainedRun run = runs.open(folder, device, false)) {
      ExampleGrid.requireImages(run, folder);
      long chosen = seed == null ? run.experiment().seed() : seed;
      List<float[]> samples = List.of(run.vae().sample(count, chosen));
      file.write(PictureFile.png(ExampleGrid.of(samples, run, folder).draw(samples)));
    }
    environment.out().println(TerminalText.line(output.toAbsolutePath().normalize().toString()));
    return ExitCode.DONE;
  }
}
