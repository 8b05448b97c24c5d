package org.largevae.runner.configuration;

import java.util.regex.Pattern;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/**
 * The section {@code experiment}.
 *
 * @param name names the run and its folder
 * @param seed of all randomness in training and evaluation
 * @param device where tensors live
 * @param threads of the engine on the CPU
 */
record ExperimentSettings(
    @Setting(value = "experiment", meaning = "names the run and its folder") String name,
    @Setting(value = "1", meaning = "the seed of all randomness in training and evaluation")
        long seed,
    @Setting(value = "auto", meaning = "auto (the first GPU, or else the CPU), cpu, gpu or gpu:N")
        String device,
    @Setting(
            value = "auto",
            meaning = "CPU threads of the engine: auto (all processors) or a number up to 1024")
        String threads) {
  private static final Pattern DEVICE = Pattern.compile("auto|cpu|gpu(:\\d{1,4})?");

  /** Without control characters of any kind, nor those that turn the direction of a text. */
  private static final Pattern FILE_NAME =
      Pattern.compile("[^\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069/\\\\:*?\"<>|]{1,100}");

  private static final String AUTO = "auto";
  private static final int MOST_THREADS = 1024;

  ExperimentSettings {
    boolean usable =
        FILE_NAME.matcher(name).matches() && name.equals(name.strip()) && !name.startsWith(".");
    if (!usable) {
      throw new SettingException(
          "name",
          "must be usable as a folder's name: at most 100 characters, none of / \\ : * ? \" < > |,"
              + " no dot at its start, no space at its start or end");
    }
    if (!DEVICE.matcher(device).matches()) {
      throw new SettingException("device", "must be auto, cpu, gpu or gpu:N, for example gpu:0");
    }
    int count = threads.matches("\\d{1,4}") ? Integer.parseInt(threads) : 0;
    if (!threads.equals(AUTO) && (count < 1 || count > MOST_THREADS)) {
      throw new SettingException(
          "threads", "must be auto or a whole number between 1 and " + MOST_THREADS);
    }
  }

  /** The number of threads, all processors for auto. */
  int threadCount() {
    return threads.equals(AUTO)
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(threads);
  }
}
