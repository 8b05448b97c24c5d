package org.largevae.core.results;

/**
 * One epoch's means per example, in nats.
 *
 * @param epoch counted from 1
 * @param beta the weight of KL in the training loss during this epoch
 * @param trainingLoss {@code -RE + beta KL}, over the epoch's steps
 * @param trainingReconstruction RE, the mean of log p(x|z)
 * @param trainingKl the mean of log q(z|x) - log p(z)
 * @param validationLoss {@code -RE + KL}: beta is 1
 * @param validationReconstruction RE on the validation examples
 * @param validationKl KL on the validation examples
 * @param seconds how long the epoch took, validation included
 */
public record EpochMetrics(
    int epoch,
    double beta,
    double trainingLoss,
    double trainingReconstruction,
    double trainingKl,
    double validationLoss,
    double validationReconstruction,
    double validationKl,
    double seconds) {}
