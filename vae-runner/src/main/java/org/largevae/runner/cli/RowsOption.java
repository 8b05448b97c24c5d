package org.largevae.runner.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.largevae.api.config.ConfigurationException;
import org.largevae.runner.run.DataPart;
import org.largevae.runner.run.RowBlock;
import org.largevae.runner.run.TrainedRun;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The run and which examples a command works on. */
final class RowsOption {
  @Parameters(paramLabel = "RUN", index = "0", description = "The run's folder.")
  private Path folder;

  @Parameters(
      paramLabel = "FILE",
      index = "1",
      arity = "0..1",
      description =
          "A file, or a folder of images, of the form of the run's own data, read with the same"
              + " settings. Without it the run's own data are taken, with a column part.")
  private Path file;

  @Option(
      names = "--part",
      paramLabel = "PART",
      description =
          "Of the run's own data, training, validation or test alone; all parts if unset.")
  private DataPart part;

  /** The run's folder. */
  Path folder() {
    return folder;
  }

  /**
   * Checks that the arguments go together.
   *
   * @throws ConfigurationException if not
   */
  void check() {
    if (file != null && part != null) {
      throw new ConfigurationException(
          "--part is for the run's own data; leave it out where a file is given");
    }
  }

  /**
   * Refuses to write over what is read.
   *
   * @param output what the command writes
   * @throws ConfigurationException if it is the file given
   */
  void requireOther(OutputFile output) {
    if (file != null) {
      output.requireOther(file);
    }
  }

  /**
   * Reads the examples in their order.
   *
   * @param run the run
   * @param atOnce the most examples of a block
   * @param consumer is given each block
   */
  void read(TrainedRun run, int atOnce, Consumer<RowBlock> consumer) {
    if (file == null) {
      run.read(Optional.ofNullable(part), atOnce, consumer);
    } else {
      run.read(file, atOnce, consumer);
    }
  }
}
