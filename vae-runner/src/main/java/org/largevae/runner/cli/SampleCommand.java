package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.largevae.api.config.ConfigurationException;
import org.largevae.runner.report.PictureFile;
import org.largevae.runner.run.TrainedRun;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae sample}. */
@CommandLine.Command(
    name = "sample",
    header = "Draw new images or rows from a run's model.",
    customSynopsis = "vae sample RUN [OPTIONS]",
    description = {
      "",
      "Draws z from the prior and decodes it. Of images the means of p(x|z) are written, or draws"
          + " from it where the decoder is autoregressive, as one PNG or a NumPy array; of all other"
          + " data random draws x from p(x|z), in the columns' own"
          + " kinds and words, as a CSV file or a NumPy array.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae sample runs/digits-vampprior",
      "  vae sample runs/digits-vampprior -n 100 --seed 7 -o digits.png",
      "  vae sample runs/table -n 1000 -o rows.csv"
    })
final class SampleCommand implements Command {
  private static final int MOST_PICTURES = 10_000;
  private static final int MOST = 1_000_000;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path folder;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "64",
      description = "How many images or rows; ${DEFAULT-VALUE} if unset.")
  private int count;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "The file to write, .png, .csv or .npy; samples.png for images and samples.csv for other"
              + " data if unset.")
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
    Optional<OutputFile> chosen = Optional.ofNullable(output).map(SampleCommand::file);
    OutputFile file;
    try (TrainedRun run = runs.open(folder, device, false)) {
      boolean images = run.vae().data().shape().isImage();
      file = chosen.orElseGet(() -> file(Path.of(images ? "samples.png" : "samples.csv")));
      long chosenSeed = seed == null ? run.experiment().seed() : seed;
      if (file.endsIn(".png")) {
        drawPictures(run, file, chosenSeed);
      } else if (file.endsIn(".csv")) {
        requireRows(images);
        float[][] rows = run.vae().drawExamples(count, chosenSeed);
        file.write(channel -> SampleFile.table(rows, run.vae().data(), channel));
      } else {
        float[][] examples =
            images
                ? run.vae().sample(count, chosenSeed)
                : run.vae().drawExamples(count, chosenSeed);
        file.write(channel -> SampleFile.array(examples, run.vae().data().shape(), channel));
      }
    }
    environment.out().println(file.shown());
    return ExitCode.DONE;
  }

  private static OutputFile file(Path path) {
    return OutputFile.at(path, ".png", ".csv", ".npy");
  }

  private void drawPictures(TrainedRun run, OutputFile file, long chosenSeed) {
    if (!run.vae().data().shape().isImage()) {
      throw new ConfigurationException(
          ExampleGrid.noImages(run, folder) + "; name a .csv or .npy file with --output");
    }
    Arguments.count("-n", count, MOST_PICTURES);
    List<float[]> samples = List.of(run.vae().sample(count, chosenSeed));
    file.write(PictureFile.png(ExampleGrid.of(samples, run, folder).draw(samples)));
  }

  private void requireRows(boolean images) {
    if (images) {
      throw new ConfigurationException(
          folder + ": its examples are images; name a .png or .npy file with --output");
    }
  }
}
