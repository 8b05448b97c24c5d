package org.largevae.core.training;

import java.util.Optional;

/** Where a training loop leaves its state from time to time. */
@FunctionalInterface
public interface CheckpointSink {

  /**
   * Keeps a copy of the state, replacing an older one only when the copy is whole.
   *
   * @param state as it is after a step
   */
  void save(TrainingState state);

  /**
   * Whether anything is kept.
   *
   * @return true unless overridden
   */
  default boolean keeps() {
    return true;
  }

  /**
   * Where training stood when the newest whole copy was kept.
   *
   * @return empty if there is none, as unless overridden
   */
  default Optional<TrainingPosition> newest() {
    return Optional.empty();
  }

  /**
   * Keeps nothing: for training in memory.
   *
   * @return the sink
   */
  static CheckpointSink none() {
    return new CheckpointSink() {
      @Override
      public void save(TrainingState state) {
        // nobody could go on from it
      }

      @Override
      public boolean keeps() {
        return false;
      }
    };
  }
}
