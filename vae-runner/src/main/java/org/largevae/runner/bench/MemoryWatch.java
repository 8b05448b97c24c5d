package org.largevae.runner.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.training.TrainingListener;

/** Counts training steps and notes the process's resident memory now and then. */
final class MemoryWatch implements TrainingListener {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int SAMPLES = 10;

  private final int steps;
  private final IntConsumer progress;
  private final List<MemoryUse.Sample> samples = new ArrayList<>();
  private int done;

  /**
   * Watches a number of steps.
   *
   * @param steps how many to wait for
   * @param progress receives how many are done
   * @throws ConfigurationException if there are too few steps, or if this system does not report it
   */
  MemoryWatch(int steps, IntConsumer progress) {
    if (steps <= MemoryUse.SETTLED) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%d steps are too few to watch memory: it may grow in the first %d",
              steps,
              MemoryUse.SETTLED));
    }
    if (!Files.isReadable(STATUS)) {
      throw new ConfigurationException(
          "memory can only be measured on Linux: there is no " + STATUS + " here");
    }
    this.steps = steps;
    this.progress = progress;
  }

  @Override
  public void onStep(int epoch, int step, double loss, double reconstruction, double kl) {
    done++;
    int interval = Math.max(1, (steps - MemoryUse.SETTLED) / SAMPLES);
    int settledFor = done - MemoryUse.SETTLED;
    if (settledFor >= 0 && (settledFor % interval == 0 || done == steps)) {
      samples.add(new MemoryUse.Sample(done, residentBytes()));
      progress.accept(done);
    }
  }

  boolean isDone() {
    return done >= steps;
  }

  MemoryUse use(String work) {
    return new MemoryUse(work, List.copyOf(samples));
  }

  private static long residentBytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(STATUS + " has no line VmRSS"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
