package org.largevae.core.training;

import org.largevae.core.results.EpochMetrics;

/** Hears how training goes on. Called on the training thread; keep it short. */
public interface TrainingListener {

  /**
   * Training starts, or goes on from a checkpoint.
   *
   * @param firstEpoch the first epoch to train, counted from 1
   * @param epochs the last epoch at the most
   * @param stepsPerEpoch optimiser steps in an epoch
   */
  default void onStart(int firstEpoch, int epochs, int stepsPerEpoch) {}

  /**
   * A step is done. The values are means over the batch, in nats.
   *
   * @param epoch counted from 1
   * @param step within the epoch, counted from 1
   * @param loss {@code -RE + beta KL}
   * @param reconstruction RE
   * @param kl KL
   */
  default void onStep(int epoch, int step, double loss, double reconstruction, double kl) {}

  /**
   * An epoch is done.
   *
   * @param metrics its metrics
   * @param best whether its validation loss is the least so far
   */
  default void onEpoch(EpochMetrics metrics, boolean best) {}

  /**
   * Another part of the work begins, for example evaluation.
   *
   * @param description for people, for example {@code evaluating on 197 test examples}
   */
  default void onPhase(String description) {}
}
