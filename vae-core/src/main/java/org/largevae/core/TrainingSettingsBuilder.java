package org.largevae.core;

import java.util.List;
import java.util.Optional;
import org.largevae.core.training.OptimizerSettings;
import org.largevae.core.training.TrainingSettings;

/** Settings of a training with some of them changed. */
final class TrainingSettingsBuilder {
  private final TrainingSettings base;
  private int epochs;
  private int batchSize;
  private int samples;
  private int warmUpEpochs;
  private int earlyStoppingEpochs;
  private OptimizerSettings optimizer;
  private Optional<String> startFrom;
  private List<String> frozen;

  TrainingSettingsBuilder(TrainingSettings base) {
    this.base = base;
    this.epochs = base.epochs();
    this.batchSize = base.batchSize();
    this.samples = base.samples();
    this.warmUpEpochs = base.warmUpEpochs();
    this.earlyStoppingEpochs = base.earlyStoppingEpochs();
    this.optimizer = base.optimizer();
    this.startFrom = base.startFrom();
    this.frozen = base.frozen();
  }

  TrainingSettingsBuilder epochs(int value) {
    this.epochs = value;
    return this;
  }

  TrainingSettingsBuilder batchSize(int value) {
    this.batchSize = value;
    return this;
  }

  TrainingSettingsBuilder samples(int value) {
    this.samples = value;
    return this;
  }

  TrainingSettingsBuilder warmUpEpochs(int value) {
    this.warmUpEpochs = value;
    return this;
  }

  TrainingSettingsBuilder earlyStoppingEpochs(int value) {
    this.earlyStoppingEpochs = value;
    return this;
  }

  TrainingSettingsBuilder optimizer(OptimizerSettings value) {
    this.optimizer = value;
    return this;
  }

  TrainingSettingsBuilder startFrom(String value) {
    this.startFrom = Optional.of(value);
    return this;
  }

  TrainingSettingsBuilder frozen(List<String> value) {
    this.frozen = value;
    return this;
  }

  TrainingSettings build() {
    return new TrainingSettings(
        epochs,
        batchSize,
        samples,
        base.beta(),
        base.betaSchedule(),
        warmUpEpochs,
        base.betaCycleEpochs(),
        earlyStoppingEpochs,
        base.checkpointSeconds(),
        optimizer,
        startFrom,
        frozen);
  }
}
