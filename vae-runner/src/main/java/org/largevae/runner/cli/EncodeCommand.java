package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.largevae.datasets.format.NpyWriter;
import org.largevae.runner.run.TrainedRun;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae encode}. */
@CommandLine.Command(
    name = "encode",
    header = "Write the latents of a file's examples, or of a run's own.",
    customSynopsis = "vae encode RUN [FILE] [OPTIONS]",
    description = {
      "",
      "Writes the posterior means z1, z2 and so on of each example in the file's order: as a NumPy"
          + " array, float32, one row an example, or as a CSV file with the example's place, from 0,"
          + " and its identifier, label and part if it has them. The levels of a model with several"
          + " stand side by side, the top first: z2_1, z2_2 and so on, then z1_1.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae encode runs/digits-vampprior --part test -o z.npy",
      "  python -c 'import numpy; print(numpy.load(\"z.npy\").shape)'",
      "  vae encode runs/table claims.csv -o latents.csv"
    })
final class EncodeCommand implements Command {
  private static final int ROWS_AT_ONCE = 2000;
  @Mixin private RowsOption rows;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "latents.npy",
      description = "The file to write, .npy or .csv; ${DEFAULT-VALUE} if unset.")
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
  EncodeCommand(SavedRuns runs, CommandEnvironment environment) {
    this.runs = runs;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    rows.check();
    OutputFile file = OutputFile.at(output, ".npy", ".csv");
    rows.requireOther(file);
    try (TrainedRun run = runs.open(rows.folder(), device, changedData.isAllowed());
        RowProgress progress = new RowProgress(environment.err())) {
      file.write(channel -> write(run, file, channel, progress));
    }
    environment.out().println(file.shown());
    return ExitCode.DONE;
  }

  private void write(TrainedRun run, OutputFile file, FileChannel channel, RowProgress progress) {
    List<String> columns = columns(run.vae().latentSizes());
    ExampleOutput latents = ExampleOutput.to(file, channel, columns, NpyWriter.Precision.SINGLE);
    rows.read(
        run,
        ROWS_AT_ONCE,
        block -> {
          latents.write(block, doubles(run.vae().encode(block.rows())));
          progress.advance(block.rows().length);
        });
    latents.finish();
  }

  /** Of several levels named by level, top first: z2_1 is the first latent of level 2. */
  private static List<String> columns(List<Integer> sizes) {
    int depth = sizes.size();
    return IntStream.range(0, depth)
        .boxed()
        .flatMap(
            index ->
                IntStream.rangeClosed(1, sizes.get(index))
                    .mapToObj(i -> "z" + (depth == 1 ? "" : depth - index + "_") + i))
        .toList();
  }

  private static double[][] doubles(float[][] rows) {
    double[][] result = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      float[] row = rows[i];
      result[i] = IntStream.range(0, row.length).mapToDouble(j -> row[j]).toArray();
    }
    return result;
  }
}
