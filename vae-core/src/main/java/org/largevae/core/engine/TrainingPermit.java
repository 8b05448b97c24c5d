package org.largevae.core.engine;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to train, which one thread of the process has at a time: DJL collects gradients for one
 * only, and a second would fail in the middle of a step of either.
 */
public final class TrainingPermit implements AutoCloseable {
  private static final ReentrantLock TRAINING = new ReentrantLock();

  private TrainingPermit() {}

  /**
   * Takes the right to train. A thread that has it may take it again.
   *
   * @return to be closed by this thread
   * @throws IllegalStateException if another thread trains
   */
  public static TrainingPermit begin() {
    if (!TRAINING.tryLock()) {
      throw new IllegalStateException(
          "another training is at work in this process, and the engine can do one at a time;"
              + " wait until it is over, or train in a process of its own");
    }
    return new TrainingPermit();
  }

  @Override
  public void close() {
    TRAINING.unlock();
  }
}
