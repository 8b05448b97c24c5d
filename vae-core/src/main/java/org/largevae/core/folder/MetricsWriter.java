package org.largevae.core.folder;

import org.largevae.core.results.EpochMetrics;
import org.largevae.core.training.TrainingListener;

/** Adds every finished epoch to the run's {@code metrics.csv}, then tells another listener. */
record MetricsWriter(RunFolder folder, TrainingListener next) implements TrainingListener {

  @Override
  public void onStart(int firstEpoch, int epochs, int stepsPerEpoch) {
    next.onStart(firstEpoch, epochs, stepsPerEpoch);
  }

  @Override
  public void onStep(int epoch, int step, double loss, double reconstruction, double kl) {
    next.onStep(epoch, step, loss, reconstruction, kl);
  }

  @Override
  public void onEpoch(EpochMetrics metrics, boolean best) {
    folder.appendMetrics(metrics);
    next.onEpoch(metrics, best);
  }

  @Override
  public void onPhase(String description) {
    next.onPhase(description);
  }
}
