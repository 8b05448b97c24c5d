package org.largevae.runner.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.zip.ZipInputStream;
import org.largevae.runner.run.TrainedRun;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae encode}. */
@CommandLine.Command(
    name = "encode",
    header = "Write the latents of a run's test examples.",
    customSynopsis = "vae encode RUN [OPTIONS]",
    description = {
      "",
      "Writes the posterior means as a NumPy file: float32, one row an example, one column a latent"
          + " dimension.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae encode runs/digits-vampprior -o z.npy",
      "  python -c 'import numpy; print(numpy.load(\"z.npy\").shape)'"
    })
final class EncodeCommand implements Command {
  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path folder;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "latents.npy",
      description = "The file to write; ${DEFAULT-VALUE} if unset.")
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
    OutputFile file = OutputFile.at(output, ".npy");
    try (TrainedRun run = runs.open(folder, device, changedData.isAllowed());
        NDManager manager = NDManager.newBaseManager("PyTorch")) {
      file.write(npy(latents(manager, run.vae().encode(run.test().rows()))));
    }
    environment.out().println(TerminalText.line(output.toAbsolutePath().normalize().toString()));
    return ExitCode.DONE;
  }

  private static NDArray latents(NDManager manager, float[][] rows) {
    FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(rows.length, rows[0].length));
    for (float[] row : rows) {
      values.put(row);
    }
    return manager.create(
        values.rewind(), new Shape(rows.length, rows[0].length), DataType.FLOAT32);
  }

  /** DJL writes NumPy's format only within a zip file of named arrays; its one entry is it. */
  private static byte[] npy(NDArray array) {
    byte[] zipped = new NDList(array).encode(NDList.Encoding.NPZ);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
      zip.getNextEntry();
      return zip.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
