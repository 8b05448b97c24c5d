package org.largevae.runner.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;
import org.largevae.api.files.DurableFiles;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.core.training.TrainingListener;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.run.ExperimentRunner;
import org.largevae.runner.run.RunRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an experiment up to its first training step. */
public final class FirstStep implements TrainingListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(FirstStep.class);

  private final DoubleConsumer listener;
  private boolean done;

  /**
   * Waits for the first step.
   *
   * @param listener receives the seconds from the start of Java to the end of the step
   */
  public FirstStep(DoubleConsumer listener) {
    this.listener = listener;
  }

  /**
   * Runs the experiment in a temporary folder, which is deleted.
   *
   * @param runner runs it
   * @param experiment the experiment
   */
  public void run(ExperimentRunner runner, Experiment experiment) {
    try {
      Path folder = Files.createTempDirectory("vae-bench");
      try {
        runner.run(new RunRequest(experiment, folder), this, () -> done);
      } catch (TrainingInterruptedException stopped) {
        LOGGER.debug("as it had to end: {}", stopped.getMessage());
      } finally {
        DurableFiles.deleteFolder(folder);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void onStep(int epoch, int step, double loss, double reconstruction, double kl) {
    if (!done) {
      long start = ManagementFactory.getRuntimeMXBean().getStartTime();
      listener.accept((System.currentTimeMillis() - start) * 1e-3);
      done = true;
    }
  }
}
