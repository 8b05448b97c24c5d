package org.largevae.runner.report;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.largevae.core.results.EpochMetrics;

/**
 * The table of epochs in {@code report.html}: all if they are few, otherwise some, evenly spread.
 */
final class EpochRows {

  private static final int MOST = 16;

  private EpochRows() {}

  /**
   * Chooses epochs, the first, the last and the best among them.
   *
   * @param epochs in order
   * @param bestEpoch to include and to mark
   * @return one row an epoch: its numbers as text, by the names the template uses
   */
  static List<Map<String, Object>> of(List<EpochMetrics> epochs, int bestEpoch) {
    SortedSet<Integer> chosen = new TreeSet<>();
    int rows = Math.min(MOST, epochs.size());
    for (int row = 0; row < rows; row++) {
      chosen.add(rows == 1 ? 0 : (int) ((long) row * (epochs.size() - 1) / (rows - 1)));
    }
    for (int index = 0; index < epochs.size(); index++) {
      if (epochs.get(index).epoch() == bestEpoch) {
        chosen.add(index);
      }
    }
    return chosen.stream().map(epochs::get).map(epoch -> row(epoch, bestEpoch)).toList();
  }

  private static Map<String, Object> row(EpochMetrics epoch, int bestEpoch) {
    return Map.of(
        "best", epoch.epoch() == bestEpoch,
        "epoch", Numbers.count(epoch.epoch()),
        "beta", Numbers.nats(epoch.beta()),
        "trainingLoss", Numbers.nats(epoch.trainingLoss()),
        "trainingReconstruction", Numbers.nats(epoch.trainingReconstruction()),
        "trainingKl", Numbers.nats(epoch.trainingKl()),
        "validationLoss", Numbers.nats(epoch.validationLoss()),
        "validationReconstruction", Numbers.nats(epoch.validationReconstruction()),
        "validationKl", Numbers.nats(epoch.validationKl()),
        "seconds", Numbers.rough(epoch.seconds()));
  }
}
