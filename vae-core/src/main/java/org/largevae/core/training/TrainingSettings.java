package org.largevae.core.training;

/**
 * The section {@code training}.
 *
 * @param epochs the most to train, at least 1
 * @param batchSize B, at least 1; an epoch's last batch may be smaller
 * @param warmUpEpochs {@code beta = min(1, epoch / warmUpEpochs)}; 0 for beta = 1 throughout
 * @param earlyStoppingEpochs stop after this many epochs without a lesser validation loss, counted
 *     after the warm-up; 0 to never stop early
 * @param samples L, draws of z for each example in a step, at least 1
 * @param checkpointSeconds the least time between two checkpoints, above 0
 * @param optimizer the section {@code training.optimizer}
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    int warmUpEpochs,
    int earlyStoppingEpochs,
    int samples,
    double checkpointSeconds,
    OptimizerSettings optimizer) {}
