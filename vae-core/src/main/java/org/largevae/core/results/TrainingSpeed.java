package org.largevae.core.results;

/**
 * How fast training went.
 *
 * @param secondsPerEpoch mean over the epochs, validation included
 * @param examplesPerSecond training examples over that time
 * @param secondsPerStep that time over the steps of an epoch; null in results of earlier versions
 */
public record TrainingSpeed(
    double secondsPerEpoch, double examplesPerSecond, Double secondsPerStep) {}
