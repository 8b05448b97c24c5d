package org.largevae.core.results;

/**
 * How fast training went.
 *
 * @param secondsPerEpoch mean over the epochs, validation included
 * @param examplesPerSecond training examples over that time
 */
public record TrainingSpeed(double secondsPerEpoch, double examplesPerSecond) {}
