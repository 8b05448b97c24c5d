package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.largevae.runner.report.ImageGrid;
import org.largevae.runner.report.PictureFile;
import org.largevae.runner.run.TrainedRun;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae reconstruct}. */
@CommandLine.Command(
    name = "reconstruct",
    header = "Show test images with their reconstructions.",
    customSynopsis = "vae reconstruct RUN [OPTIONS]",
    description = {
      "",
      "Encodes and decodes the first test images, through the posterior's mean, and writes"
          + " originals and reconstructions as one PNG. A reconstruction is the mean of p(x|z), or a"
          + " draw from it where the decoder is autoregressive.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae reconstruct runs/digits-vampprior",
      "  vae reconstruct runs/digits-vampprior -n 20 -o pairs.png"
    })
final class ReconstructCommand implements Command {
  private static final int MOST = 10_000;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path folder;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "30",
      description = "How many images at the most; ${DEFAULT-VALUE} if unset.")
  private int count;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "reconstructions.png",
      description = "The PNG to write; ${DEFAULT-VALUE} if unset.")
  private Path output;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto, cpu, gpu or gpu:N; ${DEFAULT-VALUE} if unset.")
  private String device;

  @Mixin private ChangedDataOption changedData;

  private final SavedRuns runs;
  private final CommandEnvironment environment;

  @Inject
  ReconstructCommand(SavedRuns runs, CommandEnvironment environment) {
    this.runs = runs;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Arguments.count("-n", count, MOST);
    OutputFile file = OutputFile.at(output, ".png");
    try (TrainedRun run = runs.open(folder, device, changedData.isAllowed())) {
      float[][] originals = run.test().rows(count);
      ImageGrid grid = ExampleGrid.of(List.of(originals), run, folder);
      file.write(
          PictureFile.png(
              grid.drawPairs(List.of(originals), List.of(run.vae().reconstruct(originals)))));
    }
    environment.out().println(file.shown());
    return ExitCode.DONE;
  }
}
