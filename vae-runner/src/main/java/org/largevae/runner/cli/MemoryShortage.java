package org.largevae.runner.cli;

import ai.djl.engine.EngineException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.largevae.core.engine.MachineMemory;

/** Words failures for lack of memory: what was asked for and what to make smaller. */
final class MemoryShortage {
  private static final String SMALLER =
      "make model.latent-size, the layers (model.encoder.hidden, model.decoder.hidden),"
          + " training.batch-size, training.samples or evaluation.batch-rows smaller";

  /** What PyTorch says on the CPU and on a GPU. */
  private static final List<Pattern> ENGINE =
      List.of(
          Pattern.compile("tried to allocate (?<size>\\d+) bytes"),
          Pattern.compile("CUDA out of memory\\. Tried to allocate (?<size>[\\d.]+ \\w+)"));

  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private MemoryShortage() {}

  /**
   * Words a failure.
   *
   * @param failure what happened
   * @return a sentence; empty if it is not for lack of memory
   */
  static Optional<String> of(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return Optional.of(
          "Java's memory does not suffice, "
              + MachineMemory.show(Runtime.getRuntime().maxMemory())
              + " ("
              + failure.getMessage()
              + "); give it more with VAE_JAVA_OPTS=-Xmx8g, say, or take fewer or smaller examples");
    }
    return failure instanceof EngineException && failure.getMessage() != null
        ? ENGINE.stream()
            .map(pattern -> pattern.matcher(failure.getMessage()))
            .filter(Matcher::find)
            .map(found -> "the engine was refused " + size(found.group("size")) + "; " + SMALLER)
            .findFirst()
        : Optional.empty();
  }

  private static String size(String found) {
    return DIGITS.matcher(found).matches()
        ? MachineMemory.show(Double.parseDouble(found)) + " of memory"
        : found + " of the GPU's memory";
  }
}
