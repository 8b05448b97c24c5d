package org.largevae.runner.bench;

import java.util.OptionalInt;

/**
 * How long to measure, and at what size.
 *
 * @param warmUpSeconds spent before measuring, at least 0
 * @param seconds spent on measuring, at least 0; three calls are measured in any case
 * @param batchSize B, at least 1
 * @param latentSize M of each level, at least 1; a ladder has sizes of its own
 * @param hidden units in each of the two hidden layers, at least 1; a ladder has sizes of its own
 * @param samples S of a log-likelihood, at least 1; empty for 5000, of models of convolutions 500
 */
public record BenchmarkSettings(
    double warmUpSeconds,
    double seconds,
    int batchSize,
    int latentSize,
    int hidden,
    OptionalInt samples) {}
