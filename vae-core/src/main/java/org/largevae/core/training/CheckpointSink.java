package org.largevae.core.training;

/** Where a training loop leaves its state from time to time. */
@FunctionalInterface
public interface CheckpointSink {

  /**
   * Keeps a copy of the state, replacing an older one only when the copy is whole.
   *
   * @param state as it is after a step
   */
  void save(TrainingState state);
}
