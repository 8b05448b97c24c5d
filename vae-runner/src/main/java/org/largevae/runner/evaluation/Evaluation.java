package org.largevae.runner.evaluation;

import org.largevae.runner.results.PartitionResult;

/**
 * The evaluation of a partition.
 *
 * @param result the means
 * @param negativeLogLikelihoods -log p(x) of each example in order, in nats
 */
public record Evaluation(PartitionResult result, double[] negativeLogLikelihoods) {}
