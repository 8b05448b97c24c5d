package org.largevae.runner.bench;

/**
 * How long to measure, and at what size.
 *
 * @param warmUpSeconds spent before measuring, at least 0
 * @param seconds spent on measuring, at least 0; three calls are measured in any case
 * @param batchSize B, at least 1
 * @param latentSize M, at least 1
 * @param hidden units in each of the two hidden layers, at least 1
 * @param samples S of a log-likelihood, at least 1
 */
public record BenchmarkSettings(
    double warmUpSeconds, double seconds, int batchSize, int latentSize, int hidden, int samples) {}
