package org.largevae.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.LevelKl;
import org.largevae.core.results.LevelResult;

/** Tells while there is time that a level of a model with several carries nothing. */
final class CollapseAlarm {
  /** A level may pass through such values on its way. */
  private static final int EPOCHS = 10;

  private CollapseAlarm() {}

  /**
   * Looks at the KL of each level since the end of the warm-up. It depends on the metrics alone, so
   * that a training which goes on from a checkpoint does not warn again.
   *
   * @param before the epochs before
   * @param last the epoch just finished
   * @param settings say when the warm-up ends
   * @return a sentence at the first epoch that ends so many in a row without KL of a level
   */
  static Optional<String> after(
      List<EpochMetrics> before, EpochMetrics last, TrainingSettings settings) {
    if (last.levels() == null) {
      return Optional.empty();
    }
    List<EpochMetrics> all = new ArrayList<>(before);
    all.add(last);
    all.removeIf(epoch -> settings.isWarmingUp(epoch.epoch()));
    String collapsed =
        last.levels().stream()
            .map(LevelKl::level)
            .filter(level -> collapsesNow(all, last.levels().size() - level))
            .map(level -> "level " + level)
            .collect(Collectors.joining(" and "));
    return collapsed.isEmpty() ? Optional.empty() : Optional.of(sentence(collapsed));
  }

  private static boolean collapsesNow(List<EpochMetrics> epochs, int index) {
    int inRow = 0;
    for (int epoch = 0; epoch < epochs.size(); epoch++) {
      boolean low = epochs.get(epoch).levels().get(index).validation() < LevelResult.LEAST_KL;
      inRow = low ? inRow + 1 : 0;
      if (inRow == EPOCHS) {
        return epoch == epochs.size() - 1;
      }
    }
    return false;
  }

  private static String sentence(String collapsed) {
    return String.format(
        Locale.ROOT,
        "the latents of %s have collapsed onto their prior: in %d epochs in a row after the warm-up"
            + " their KL on the validation examples was below %s nats; training.objective = { type"
            + " = free-bits, per = level }, or more of training.warm-up-epochs, keeps a level in"
            + " use",
        collapsed,
        EPOCHS,
        LevelResult.LEAST_KL);
  }
}
